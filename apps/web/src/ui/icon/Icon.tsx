import type { JSX } from 'solid-js';

/** A drawing of lucide's: elements with their attributes. */
interface Drawing {
  node: readonly (readonly [name: string, attributes: Readonly<Record<string, string>>])[];
}

interface IconProps {
  icon: Drawing;
  /** In pixels; 24 unless named. */
  size?: number;
  class?: string;
}

/**
 * Draws lucide's icons in a build, in the place of lucide's own component: that one takes options which nobody here uses,
 * and weighs more than all the drawings on a candidate's pages. Icons stand beside words or in labelled buttons, so they are silent.
 */
export default function Icon(props: IconProps): JSX.Element {
  return (
    <svg
      width={props.size ?? 24}
      height={props.size ?? 24}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      stroke-width="2"
      stroke-linecap="round"
      stroke-linejoin="round"
      class={props.class}
      aria-hidden="true"
    >
      {props.icon.node.map(draw)}
    </svg>
  );
}

function draw([name, attributes]: Drawing['node'][number]): Element {
  const element = document.createElementNS('http://www.w3.org/2000/svg', name);
  for (const [attribute, value] of Object.entries(attributes)) element.setAttribute(attribute, value);
  return element;
}
