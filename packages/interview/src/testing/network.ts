import type { MakeTransport, Transport, TransportEvents } from '../call/transport.ts';

/*
 * Connections without WebRTC. As there, two ends meet when the one that offered has taken the other's answer to its last offer;
 * what one sends, the other gets; when one is closed, or the network is cut, the other learns of it late.
 */

interface End {
  readonly id: string;
  readonly owner: string;
  readonly events: TransportEvents;
  readonly relayOnly: boolean;
  direct: boolean;
  offers: number;
  /** Whose offer it answered last, and which. */
  answered: string | null;
  /** What it has offered, and who answered that. */
  offered: string | null;
  other: End | null;
  open: boolean;
  candidates: number;
  sends: Record<string, MediaStreamTrack | null>;
}

export interface TestNetwork {
  makeTransport(owner: string): MakeTransport;
  /** The ways between people are gone, or back. */
  cut(): void;
  heal(): void;
  /** What the owner's open connection sends to whom: names of tracks. */
  sentBy(owner: string): readonly string[];
  /** How many connections the owner has open. */
  openOf(owner: string): number;
  /** Whether what the owner has open is relay-only still. */
  isHidden(owner: string): boolean;
  /** Whose descriptions an owner's connections have taken. */
  readonly met: readonly (readonly [string, string])[];
  /** Offers made by the owner so far. */
  offersOf(owner: string): number;
}

export function makeTestNetwork(): TestNetwork {
  const ends = new Map<string, End>();
  const met: [string, string][] = [];
  let isCut = false;
  const of = (owner: string): End[] => [...ends.values()].filter((end) => end.owner === owner);

  const joinEnds = (a: End, b: End): void => {
    const isNew = a.other !== b;
    a.other = b;
    b.other = a;
    if (isCut || !a.open || !b.open) return;
    if (isNew) a.events.tracks({});
    a.events.path('connected');
    b.events.path('connected');
  };

  return {
    met,
    makeTransport: (owner) => (options, events) => {
      const end: End = {
        id: `end${ends.size}`, owner, events, relayOnly: options.relayOnly, direct: !options.relayOnly, offers: 0, answered: null, offered: null, other: null,
        open: true, candidates: 0, sends: {},
      };
      ends.set(end.id, end);
      const find = (): void => events.candidates([{ candidate: `from ${end.id}`, sdpMid: '0', sdpMLineIndex: 0 }]);
      const transport: Transport = {
        offer: async () => {
          end.offers += 1;
          end.offered = `${end.id}#${end.offers}`;
          queueMicrotask(() => end.open && find());
          return { type: 'offer', sdp: end.offered };
        },
        answer: async ({ type, sdp }) => {
          if (type !== 'offer') throw new Error('that is no offer');
          end.answered = sdp;
          met.push([owner, ends.get(sdp.split('#')[0]!)?.owner ?? sdp]);
          queueMicrotask(() => end.open && find());
          return { type: 'answer', sdp: `${end.id}>${sdp}` };
        },
        take: async ({ type, sdp }) => {
          const [from = '', to] = sdp.split('>');
          if (type !== 'answer' || to !== end.offered) throw new Error('an answer to nothing that was offered');
          const other = ends.get(from);
          met.push([owner, other?.owner ?? sdp]);
          if (other?.open === true && other.answered === to && end.open) queueMicrotask(() => joinEnds(end, other));
          else if (end.open) queueMicrotask(() => end.events.path('failed'));
        },
        addCandidates: async (candidates) => {
          if (end.answered === null && end.other === null && end.offers === 0) throw new Error('a candidate before any description');
          end.candidates += candidates.length;
        },
        openUp: () => {
          end.direct = true;
        },
        send: async (tracks) => {
          end.sends = { ...end.sends, ...tracks };
        },
        tell: (message) => {
          const { other } = end;
          if (isCut || other?.open !== true || other.other !== end) return false;
          queueMicrotask(() => other.open && other.events.told(message));
          return true;
        },
        close: () => {
          if (!end.open) return;
          end.open = false;
          const { other } = end;
          if (other?.open === true && other.other === end) {
            queueMicrotask(() => other.open && other.events.path('interrupted'));
            queueMicrotask(() => other.open && other.events.path('failed'));
          }
        },
      };
      return transport;
    },
    cut: () => {
      isCut = true;
      for (const { open, other, events } of ends.values()) if (open && other?.open === true) events.path('interrupted');
    },
    heal: () => {
      isCut = false;
      for (const { open, other, events } of ends.values()) if (open && other?.open === true) events.path('connected');
    },
    sentBy: (owner) => of(owner).filter(({ open }) => open).flatMap(({ sends }) => Object.keys(sends).filter((name) => sends[name] != null)),
    openOf: (owner) => of(owner).filter(({ open }) => open).length,
    isHidden: (owner) => of(owner).some(({ open, direct }) => open && !direct),
    offersOf: (owner) => of(owner).reduce((sum, { offers }) => sum + offers, 0),
  };
}
