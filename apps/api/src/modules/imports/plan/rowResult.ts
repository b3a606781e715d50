import type { ImportOutcome } from '../../../generated/resolvers.ts';
import type { ErrorCode } from '../../../platform/errors/catalogue.ts';

/** Something to say about a row: why it was refused, or what was left out of it. */
export interface RowRemark {
  code: ErrorCode;
  field: string | null;
}

/** What became of a row, or would. */
export interface RowResult {
  line: number;
  outcome: ImportOutcome;
  personId: string | null;
  remarks: RowRemark[];
}
