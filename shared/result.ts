// Outcomes as data: what a part of Regia returns when something outside it went wrong. Knows no cause in particular.

export type Ok<T> = { readonly ok: true; readonly value: T };
export type Refused = { readonly ok: false; readonly code: string; readonly message: string };
export type Result<T> = Ok<T> | Refused;

export const ok = <T>(value: T): Ok<T> => ({ ok: true, value });

/** `code` is a closed word for machines; `message` says what, where and what to do, and carries no outside text. */
export const refuse = (code: string, message: string): Refused => ({ ok: false, code, message });
