import { EventEmitter } from 'node:events';

/** Something changed. `organisationId` is the firm whose business it is. */
export interface ChangeEvent {
  topic: 'CONVERSATION' | 'PROJECT' | 'PERSON' | 'MEMBER' | 'VAULT';
  id: string;
  organisationId: string;
}

/** Carries hints from committed writes to subscriptions of this process. */
export interface ChangeBus {
  /** Call it from `unit.afterCommit`, never inside the transaction. */
  publish(event: ChangeEvent): void;
  /** As `publish`, once for all that are equal within a moment: for what comes in bursts. */
  publishSoon(event: ChangeEvent): void;
  subscribe(organisationId: string, listener: (event: ChangeEvent) => void): () => void;
  /** A session ended: its subscriptions close. */
  endSession(sessionId: string): void;
  onSessionEnd(sessionId: string, listener: () => void): () => void;
}

/** Long enough for what one send leads to, in milliseconds. */
const burst = 250;

/** A bus within this process. */
export function makeChangeBus(): ChangeBus {
  const emitter = new EventEmitter().setMaxListeners(0);
  const listen = <T>(name: string, listener: (value: T) => void): (() => void) => {
    emitter.on(name, listener);
    return () => void emitter.off(name, listener);
  };
  const publish = (event: ChangeEvent): void => void emitter.emit(`change ${event.organisationId}`, event);
  const soon = new Set<string>();
  return {
    publish,
    publishSoon: (event) => {
      const key = `${event.topic} ${event.id}`;
      if (soon.has(key)) return;
      soon.add(key);
      setTimeout(() => {
        soon.delete(key);
        publish(event);
      }, burst).unref();
    },
    subscribe: (organisationId, listener) => listen(`change ${organisationId}`, listener),
    endSession: (sessionId) => void emitter.emit(`end ${sessionId}`),
    onSessionEnd: (sessionId, listener) => listen(`end ${sessionId}`, listener),
  };
}
