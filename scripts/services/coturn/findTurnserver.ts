import { findProgram } from '../process/findProgram.ts';

/** The path of coturn's program; null when it is not installed. */
export const findTurnserver = (): string | null => findProgram(['turnserver']);
