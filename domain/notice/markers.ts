import { enclosedNumber, hanNumber, hanNumeralClass } from './numerals.ts';

export type MarkerStyle =
  | 'han' // 一、
  | 'han-brackets' // (一)
  | 'han-half-bracket' // 一)
  | 'arabic' // 1. 1、
  | 'decimal' // 1.1
  | 'decimal-third' // 1.1.1
  | 'arabic-brackets' // (1)
  | 'arabic-half-bracket' // 1)
  | 'circled' // ①
  | 'ordinal' // 第一,
  | 'enumerative' // 一是
  | 'part'; // 第一部分

export interface Marker {
  style: MarkerStyle;
  ordinal: number;
  /** As printed, without the 、 or . that only separates it from what follows. */
  printed: string;
  /** UTF-16 units up to where the marked text begins. */
  length: number;
  /** Digits follow the point directly: 3.5万元 looks the same, so only a fitting sequence makes it a marker. */
  doubtful: boolean;
  /** Of 1.2 and 1.2.3 the number of the list that they stand in: 1, and 1.2. */
  above?: string;
}

const numeral = `[${hanNumeralClass}]{1,6}`;
const hanBrackets = new RegExp(`^[([【]\\s?(${numeral})\\s?[)\\]】]\\s*[、.:,]?\\s*`);
const hanHalfBracket = new RegExp(`^(${numeral})\\)\\s*[、.]?\\s*`);
const han = new RegExp(`^(${numeral})\\s?([、.,:])\\s*`);
const ordinal = new RegExp(`^第(${numeral})\\s?[、,:]\\s*`);
const part = new RegExp(`^第(${numeral})(部分|章|篇)\\s?[、,:.]?\\s*`);
const enumerative = new RegExp(`^(${numeral})(?:是|要)(?!否|非)\\s*[,:]?\\s*`);
const arabicBrackets = /^[([]\s?(\d{1,3})\s?[)\]]\s*[、.:]?\s*/;
const arabicHalfBracket = /^(\d{1,3})\)\s*[、.]?\s*/;
const arabic = /^(\d{1,3})\s?([、.])\s*/;

/** A numeral right behind 一、 makes it an enumeration such as 一、二、三产业 or 一、二级. */
const enumerationGoesOn = new RegExp(
  `^[${hanNumeralClass}]{1,3}(?:[、和及至到或与]|[级类期号楼届轮次层产线等批组档]|$)`,
);
const digitsGoOn =
  /^\d{1,4}(?:[、和及至到或,]\s?\d{1,4}){0,9}[、和及至到]?\s?(?:号|栋|幢|楼|期|组|标段|级|类|室)/;
/** What follows the digits of a decimal number or a version. */
const decimal = /^\d+\s*(?:[.%‰版倍元亩吨米分折级]|万|亿|公里|公顷|公斤|千米|平方|立方|个百分点|个百分比|$)/;
const decimals = /^(\d{1,2}(?:\.\d{1,2})?)\.(\d{1,2})(?![\d%‰])[、.:]?(\s*)(?=[\p{L}《“"‘「([【]|(?<=\s)\d)/u;
/** What is counted right behind a number: 1.2亩 and 3.5个百分点 are no markers, 1.2个别 and 1.2处置 are. */
const counted =
  /^(?:[万亿元吨米倍版级折%余多几平公千厘毫立百]|小时|分钟|个(?!别|人|体|性)|项(?!目)|处(?![理置分罚])|条(?!例)|件|名(?!录)|次(?!生)|户(?!外|籍)|家(?!庭|长)|亩|人(?![才员事大民居])|年(?!度|轻|底|终)|月(?!度)|日(?!常)|号|岁|分(?![管配类级解析]))/;
const blankOnly = new RegExp(`^(\\d{1,2}|[${hanNumeralClass}]{1,3})\\s+(?=[\\p{L}“"‘「【])`, 'u');
const yearFollows = /^(?:19|20)\d\d\s?(?:年|[.-]\d)/;

/** Longest prefix in which a marker may stand. */
const PREFIX = 24;

/** Reads the marker that a folded line begins with, if it begins with one. */
export function readMarker(text: string, folded: string): Marker | undefined {
  const first = folded.charCodeAt(0);
  // Most lines begin with neither a numeral, a bracket nor an enclosed number.
  if (Number.isNaN(first)) return undefined;
  const head = folded.slice(0, PREFIX);
  const enclosed = enclosedNumber(head);
  if (enclosed !== undefined) {
    const blanks = /^[、.]?\s*/.exec(head.slice(1))?.[0].length ?? 0;
    return {
      style: enclosed.style,
      ordinal: enclosed.value,
      printed: head.slice(0, 1),
      length: 1 + blanks,
      doubtful: false,
    };
  }
  return hanMarker(text, head) ?? arabicMarker(text, head, folded);
}

function hanMarker(text: string, head: string): Marker | undefined {
  const make = (style: MarkerStyle, match: RegExpExecArray, printedLength: number, doubtful = false) => {
    const value = hanNumber(match[1] ?? '');
    if (value === undefined || value === 0) return undefined;
    return {
      style,
      ordinal: value,
      printed: text.slice(0, printedLength).trim(),
      length: match[0].length,
      doubtful,
    };
  };
  let match = hanBrackets.exec(head);
  if (match) return make('han-brackets', match, closingBracket(head));
  match = hanHalfBracket.exec(head);
  if (match) return make('han-half-bracket', match, closingBracket(head));
  match = ordinal.exec(head);
  if (match) return make('ordinal', match, 1 + (match[1] ?? '').length);
  match = part.exec(head);
  if (match) return make('part', match, 1 + (match[1] ?? '').length + (match[2] ?? '').length);
  match = enumerative.exec(head);
  if (match) return make('enumerative', match, (match[1] ?? '').length + 1);
  match = han.exec(head);
  if (match === null) return undefined;
  if (enumerationGoesOn.test(head.slice(match[0].length))) return undefined;
  // 一, and 一. are seen for 一、 but also open sentences.
  return make('han', match, (match[1] ?? '').length, match[2] !== '、');
}

function arabicMarker(text: string, head: string, folded: string): Marker | undefined {
  let match = arabicBrackets.exec(head);
  const make = (style: MarkerStyle, found: RegExpExecArray, printedLength: number, doubtful: boolean) => {
    const value = Number(found[1]);
    if (value === 0) return undefined;
    return {
      style,
      ordinal: value,
      printed: text.slice(0, printedLength).trim(),
      length: found[0].length,
      doubtful,
    };
  };
  if (match) return make('arabic-brackets', match, closingBracket(head), false);
  match = arabicHalfBracket.exec(head);
  if (match) return make('arabic-half-bracket', match, closingBracket(head), false);
  match = arabic.exec(head);
  if (match === null) return undefined;
  const digits = (match[1] ?? '').length;
  const rest = folded.slice(match[0].length, match[0].length + PREFIX);
  if (match[2] === '、') return digitsGoOn.test(rest) ? undefined : make('arabic', match, digits, false);
  const touching = /^\d/.test(rest) && !/\s/.test(match[0].slice(digits));
  if (!touching || yearFollows.test(rest)) return make('arabic', match, digits, false);
  return decimal.test(rest) ? undefined : make('arabic', match, digits, true);
}

/** 1.1 or 1.1.1 as a number within a list: only a fitting sequence tells it from a decimal. Text is folded. */
export function readDecimal(text: string, folded: string): Marker | undefined {
  const match = decimals.exec(folded.slice(0, PREFIX));
  if (match === null) return undefined;
  const [whole, above = '', last = '', blank] = match;
  if (Number(last) === 0 || (blank === '' && counted.test(folded.slice(whole.length)))) return undefined;
  return {
    style: above.includes('.') ? 'decimal-third' : 'decimal',
    ordinal: Number(last),
    printed: text.slice(0, above.length + 1 + last.length),
    length: whole.length,
    doubtful: true,
    above,
  };
}

/** 1 关于… or 一 关于…: a number that nothing but a blank parts from its heading. */
export function readBareNumber(text: string, folded: string): Marker | undefined {
  const match = blankOnly.exec(folded.slice(0, PREFIX));
  const number = match?.[1] ?? '';
  const arabicNumber = /^\d/.test(number);
  const ordinal = arabicNumber ? Number(number) : hanNumber(number);
  if (match === null || ordinal === undefined || ordinal === 0) return undefined;
  if (digitsGoOn.test(folded.slice(match[0].length, match[0].length + PREFIX))) return undefined;
  return {
    style: arabicNumber ? 'arabic' : 'han',
    ordinal,
    printed: text.slice(0, number.length),
    length: match[0].length,
    doubtful: true,
  };
}

function closingBracket(head: string): number {
  return head.search(/[)\]】]/) + 1;
}

/** The marker with which a printed number stood: 一 becomes 一、 and 1 becomes `1. `; brackets stand as they are. */
export function markerText(printedNumber: string | null): string {
  if (printedNumber === null) return '';
  if (/^\d{1,3}$|^[０-９]{1,3}$/.test(printedNumber)) return `${printedNumber}. `;
  if (/^[\d０-９]+[.．]/.test(printedNumber)) return `${printedNumber} `;
  if (/[分章篇]$/.test(printedNumber)) return `${printedNumber} `;
  if (printedNumber.startsWith('第')) return `${printedNumber},`;
  return /[是要)\]】）］〕]$/.test(printedNumber) || enclosedNumber(printedNumber)
    ? printedNumber
    : `${printedNumber}、`;
}
