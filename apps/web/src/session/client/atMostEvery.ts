/** Makes a call that does its task at once, and in a crowd of calls once every `restMs` milliseconds, the last one included. */
export function atMostEvery(restMs: number, task: () => void): () => void {
  let resting = false;
  let calledAgain = false;
  const run = (): void => {
    resting = true;
    calledAgain = false;
    setTimeout(() => {
      resting = false;
      if (calledAgain) run();
    }, restMs);
    task();
  };
  return () => {
    if (resting) calledAgain = true;
    else run();
  };
}
