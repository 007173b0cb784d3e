import type { Day } from '../dates.ts';

/** Amounts by day, summed up to any day: a Fenwick tree, so that adding and asking take as long as a search. */
export class DaySums {
  private readonly sums: number[];

  /** @param days every day on which something is added, in order, each once */
  constructor(private readonly days: readonly Day[]) {
    this.sums = new Array(days.length + 1).fill(0);
  }

  add(day: Day, amount: number): void {
    for (let at = this.countTo(day); at < this.sums.length; at += at & -at) {
      this.sums[at] = (this.sums[at] ?? 0) + amount;
    }
  }

  /** What was added on this day and those before. */
  upTo(day: Day): number {
    let sum = 0;
    for (let at = this.countTo(day); at > 0; at -= at & -at) sum += this.sums[at] ?? 0;
    return sum;
  }

  /** How many of the days are not after it. */
  private countTo(day: Day): number {
    let [low, high] = [0, this.days.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.days[middle] as Day) <= day) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
