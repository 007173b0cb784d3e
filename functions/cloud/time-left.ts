/** A step of maintenance begins only while so much of the function's time is left, in milliseconds. */
export const ENOUGH_MS = 60_000;
