/** One figure that a bench measured. */
export interface Measurement {
  bench: string;
  figure: string;
  value: number;
  /** Such as ms, s, KB, messages/s. */
  unit: string;
  /** The same thing without us in it, measured in the same run; null where there is none. */
  floor?: number | null;
  /** What to reach: a multiple of the floor where there is one, else in `unit`; null for a figure without a goal. */
  goal?: number | null;
  /** Which direction is better. */
  better: 'lower' | 'higher';
}

/** A measurement with what follows from it. */
export interface Report extends Required<Measurement> {
  /** Value divided by floor. */
  ratio: number | null;
  /** Null where there is no goal. */
  met: boolean | null;
}

/** Works out ratio and goal. */
export function assess({ floor = null, goal = null, ...measured }: Measurement): Report {
  const ratio = floor === null || floor === 0 ? null : round(measured.value / floor);
  const reached = floor === null ? measured.value : (ratio ?? Number.NaN);
  const met = goal === null ? null : measured.better === 'lower' ? reached <= goal : reached >= goal;
  return { ...measured, value: round(measured.value), floor: floor === null ? null : round(floor), goal, ratio, met };
}

/** Prints a figure as one line of JSON. */
export function report(measured: Measurement): void {
  process.stdout.write(`${JSON.stringify(assess(measured))}\n`);
}

function round(value: number): number {
  return Number(value.toPrecision(4));
}
