import { newId } from '@baton/base';
import type { StageInput, StageKind } from '../../../generated/resolvers.ts';
import { nameLine } from '../../../platform/errors/line.ts';
import { refuse } from '../../../platform/errors/refusal.ts';
import { clientId } from '../../../platform/errors/validate.ts';
import { defaultStages } from '../defaultStages.ts';

/** A stage, checked, in its place. */
export interface StageFields {
  id: string;
  name: string;
  kind: StageKind;
  position: number;
}

const maxStages = 30;

/** Refused: REQUIRED, TOO_LONG, NAME_NEEDS_LETTER. */
export function projectFields(input: { name: string; clientName: string; publicTitle: string }): { name: string; clientName: string; publicTitle: string } {
  return {
    name: nameLine(input.name, 'name'),
    clientName: nameLine(input.clientName, 'clientName'),
    publicTitle: nameLine(input.publicTitle, 'publicTitle'),
  };
}

/** Refused: REQUIRED (no stage in which one begins), TOO_MANY, INVALID_ID, ID_TAKEN (twice in the list), and what names are refused for. */
export function stageFields(input: readonly StageInput[]): StageFields[] {
  if (!input.some((stage) => stage.kind === 'ACTIVE')) refuse('REQUIRED', 'stages');
  if (input.length > maxStages) refuse('TOO_MANY', 'stages');
  const seen = new Set<string>();
  return input.map(({ id, name, kind }, position) => {
    clientId('stage', id, `stages.${position}.id`);
    if (seen.has(id)) refuse('ID_TAKEN', `stages.${position}.id`);
    seen.add(id);
    return { id, name: nameLine(name, `stages.${position}.name`, 60), kind, position };
  });
}

/** The usual stages with ids of their own. */
export function usualStages(locale: string): StageFields[] {
  return defaultStages(locale).map((stage, position) => ({ ...stage, id: newId('stage'), position }));
}
