import type { Actor } from '../../../../domain/actor.ts';
import type { EventType } from '../../../../domain/events.ts';
import type { ItemId } from '../../../../domain/ids.ts';
import type { Chance } from '../chance.ts';
import { type CaseStory, type ItemStory, inOrder, MINUTE, type Step } from '../story.ts';

/** What was planted: a flag of the rule on each of these, null for the case. */
export interface Planted {
  readonly on: readonly (ItemId | null)[];
  /** The titles of an earlier case of the same body, where the rule asks for them. */
  readonly earlier?: readonly string[];
}

/** A fault of one kind; undefined where this case has no place for it. It changes the story. */
export interface Fault {
  readonly rule: string;
  readonly way: string;
  readonly plant: (story: CaseStory, chance: Chance) => Planted | undefined;
}

/** An item of the case that suits, by chance. */
export function itemWith(
  story: CaseStory,
  chance: Chance,
  suits: (item: ItemStory) => boolean,
): ItemStory | undefined {
  const suitable = story.items.filter(suits);
  return suitable.length > 0 ? chance.pick(suitable) : undefined;
}

/** A fault of a single item that suits. */
export function onItem(
  rule: string,
  way: string,
  suits: (item: ItemStory) => boolean,
  plant: (item: ItemStory, story: CaseStory, chance: Chance) => void,
): Fault {
  return {
    rule,
    way,
    plant(story, chance) {
      const item = itemWith(story, chance, suits);
      if (!item) return undefined;
      plant(item, story, chance);
      return { on: [item.itemId] };
    },
  };
}

export const ofType = (
  { steps }: { readonly steps: readonly Step[] },
  ...types: readonly EventType[]
): Step[] => inOrder(steps).filter(({ type }) => types.includes(type));

export const has = (item: ItemStory, type: EventType): boolean => ofType(item, type).length > 0;

/** The newest step of a type; the item has to have one. */
export function newest(item: { readonly steps: readonly Step[] }, type: EventType): Step {
  const found = ofType(item, type).at(-1);
  if (!found) throw new Error(`there is no ${type}`);
  return found;
}

const WORK: readonly EventType[] = [
  'MeasureAdopted',
  'ProgressReported',
  'MeasureCompleted',
  'EvidenceAttached',
];
export const isOfficeWork = ({ type, who, source }: Step): boolean =>
  WORK.includes(type) && who.role === 'office' && source === undefined;

export const isClosed = ({ path }: ItemStory): boolean => path === 'closed' || path === 'reopened';
/** Closed once, for good, without a return. */
export const isStraight = (item: ItemStory): boolean =>
  item.path === 'closed' && !has(item, 'ClosureReturned');
export const isOpen = ({ path }: ItemStory): boolean => path === 'open';

/** The measures that nobody withdrew or took back. */
export function standingMeasures(item: ItemStory): Step[] {
  const gone = new Set(
    ofType(item, 'MeasureWithdrawn', 'EntryVoided').flatMap(({ measure, target }) => [measure, target]),
  );
  return ofType(item, 'MeasureAdopted').filter((step) => !gone.has(step));
}

/** The evidence of offices that nobody withdrew. */
export function standingEvidence(item: ItemStory): Step[] {
  const gone = new Set(ofType(item, 'EvidenceWithdrawn').map(({ evidence }) => evidence));
  return ofType(item, 'EvidenceAttached').filter((step) => step.who.role === 'office' && !gone.has(step));
}

/** Puts in a step between two others, or a minute after the one before. */
export function put(steps: Step[], type: EventType, who: Actor, at: number, more: Partial<Step> = {}): Step {
  const step: Step = { type, who, at, data: {}, text: {}, ...more };
  steps.push(step);
  return step;
}

export const between = (one: Step, other: Step, share = 0.5): number =>
  Math.floor(one.at + (other.at - one.at) * share);
export const soonAfter = ({ at }: Step, minutes = 1): number => at + minutes * MINUTE;
