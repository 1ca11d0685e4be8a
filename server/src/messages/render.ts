import type { MessageArguments, Rule } from '../rules/rule.ts';

/** The languages in which texts can be rendered. */
export type Locale = 'en';

/**
 * The text of a rule's message. Only the edges call this: inside, a message is its key and its arguments, so that no
 * order of loading and no test depends on wording.
 */
export function render(rule: Rule, message: string, args: MessageArguments, _locale: Locale = 'en'): string {
  const template = rule.messages[message] ?? message;
  return template.replace(/\{(\w+)\}/g, (whole, name: string) => String(args[name] ?? whole));
}
