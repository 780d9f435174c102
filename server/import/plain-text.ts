// Texts that a spreadsheet would run as formulas: how they are written so that it does not, and read back.

/** A text that a spreadsheet would take for a formula gets an apostrophe before it; reading it back takes it off. */
const FORMULA = /^'*[=+\-@\t\r]/;
export const asPlainText = (text: string): string => (FORMULA.test(text) ? `'${text}` : text);
export const fromPlainText = (text: string): string => (text.startsWith("'") && FORMULA.test(text) ? text.slice(1) : text);
