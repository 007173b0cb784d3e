import { type Day, dayOf } from '../../domain/dates.ts';
import { USUAL_SCOPE } from '../../domain/inspection/deadlines.ts';
import { currentDeadlines } from '../app/current-deadlines.ts';
import type { Dependencies } from '../app/dependencies.ts';
import type { Language } from '../console/texts/language.ts';
import { composeDigest } from '../digest/compose-digest.ts';

/** Where the digest goes. */
export interface Topic {
  /**
   * Resolves when the message is taken over for everybody who listens. A failure may still have sent it.
   * @param subject ASCII, below 100 characters
   * @param message at most 256 KiB of UTF-8
   */
  publish(subject: string, message: string): Promise<void>;
}

export interface Sent {
  readonly day: Day;
  readonly cases: number;
  readonly bytes: number;
}

/** SNS takes 262,144 bytes; the rest is for what surrounds the text. */
const MOST_BYTES = 250_000;

/** Tells what is overdue, due soon and silent today. Also where nothing is: no mail means that something failed. */
export async function sendDigest(
  { views, identity, clock }: Pick<Dependencies, 'views' | 'identity' | 'clock'>,
  language: Language,
  topic: Topic,
): Promise<Sent> {
  const day = dayOf(clock.now(), identity.zone);
  const counted = { day, zone: identity.zone, ...USUAL_SCOPE };
  const cases = await currentDeadlines({ views, identity }, counted);
  const text = composeDigest({ counted, cases }, language, MOST_BYTES);
  const count = (list: 'overdue' | 'due' | 'silent'): number =>
    cases.reduce((sum, { offices }) => sum + offices.reduce((all, one) => all + one[list].length, 0), 0);
  // In mail the subject is safe in ASCII only.
  const subject = `Taizhang ${day}: ${count('overdue')} overdue, ${count('due')} due, ${count('silent')} silent`;
  await topic.publish(subject, text);
  return { day, cases: cases.length, bytes: Buffer.byteLength(text) };
}
