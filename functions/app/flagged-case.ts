import type { CaseId } from '../../domain/ids.ts';
import type { FlagRule, Severity } from '../../domain/look-back/catalogue.ts';

/** Which flags are wanted. */
export interface FlagFilter {
  /** Its id. */
  readonly item?: string | undefined;
  readonly rule?: FlagRule | undefined;
  readonly severity?: Severity | undefined;
  /** Leads the item. */
  readonly office?: string | undefined;
  readonly dismissed?: boolean | undefined;
}

/** How many flags a case has that nobody dismissed. */
export interface FlaggedCase {
  readonly caseId: CaseId;
  /** Null once erased. */
  readonly title: string | null;
  /** Items with a flag. */
  readonly items: number;
  readonly bySeverity: { readonly [S in Severity]: number };
  readonly byRule: { readonly [R in FlagRule]?: number };
  readonly dismissed: number;
}
