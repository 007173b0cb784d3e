const fenOf = { 元: 2, 万元: 6, 亿元: 10, 百万元: 8, 千元: 5, 千万元: 9 } as const satisfies Record<
  string,
  number
>;

export type MoneyUnit = keyof typeof fenOf;

export function isMoneyUnit(unit: string): unit is MoneyUnit {
  return Object.hasOwn(fenOf, unit);
}

/**
 * A decimal number of a unit as whole fen, by moving digits and never through a float: 7.132 万元 is 7,132,000.
 * Undefined where it is finer than a fen or beyond what a safe integer holds.
 */
export function amountInFen(decimal: string, unit: MoneyUnit): number | undefined {
  const match = /^(\d{1,15})(?:\.(\d{1,15}))?$/.exec(decimal.replaceAll(',', ''));
  if (match === null) return undefined;
  const places = fenOf[unit];
  const fraction = (match[2] ?? '').replace(/0+$/, '');
  if (fraction.length > places) return undefined;
  const fen = BigInt((match[1] ?? '') + fraction.padEnd(places, '0'));
  return fen <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(fen) : undefined;
}

/** Whole fen as 元 with as many decimals as it needs: 7132000 is 71320, 5 is 0.05. */
export function fenAsYuan(fen: number): string {
  const yuan = Math.floor(fen / 100);
  const rest = fen % 100;
  return rest === 0 ? String(yuan) : `${yuan}.${String(rest).padStart(2, '0').replace(/0$/, '')}`;
}
