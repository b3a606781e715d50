export { idPrefixes, isId, kindOf, newId, newUuid, type Id, type IdKind } from './ids.ts';
export { makeSubject, type Subject, type Subscribable } from './subscribable.ts';
export { BatonError, isBatonError } from './errors.ts';
export { systemClock, type Clock } from './clock.ts';
