import { EventEmitter } from 'node:events';

/** Something changed. `organisationId` is the firm whose business it is. */
export interface ChangeEvent {
  topic: 'CONVERSATION' | 'PROJECT' | 'PERSON' | 'MEMBER';
  id: string;
  organisationId: string;
}

/** Carries hints from committed writes to subscriptions of this process. */
export interface ChangeBus {
  /** Call it from `unit.afterCommit`, never inside the transaction. */
  publish(event: ChangeEvent): void;
  subscribe(organisationId: string, listener: (event: ChangeEvent) => void): () => void;
  /** A session ended: its subscriptions close. */
  endSession(sessionId: string): void;
  onSessionEnd(sessionId: string, listener: () => void): () => void;
}

/** A bus within this process. */
export function makeChangeBus(): ChangeBus {
  const emitter = new EventEmitter().setMaxListeners(0);
  const listen = <T>(name: string, listener: (value: T) => void): (() => void) => {
    emitter.on(name, listener);
    return () => void emitter.off(name, listener);
  };
  return {
    publish: (event) => void emitter.emit(`change ${event.organisationId}`, event),
    subscribe: (organisationId, listener) => listen(`change ${organisationId}`, listener),
    endSession: (sessionId) => void emitter.emit(`end ${sessionId}`),
    onSessionEnd: (sessionId, listener) => listen(`end ${sessionId}`, listener),
  };
}
