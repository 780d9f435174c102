// The clinical restore order: what was given back while something more urgent is still out (product.md, 10). Pure.
import type { ServiceNow } from './judge-service.ts';

export const brokenOrder = (_services: Readonly<Record<string, ServiceNow>>): { early: string; waiting: string }[] => [];
