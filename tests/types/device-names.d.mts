import type { Rule } from "eslint";

/** Ids, aliases, makers and models of the shipped profiles. */
export function deviceNames(): readonly string[];
/** A rule over these names; over those of the shipped profiles when none are given. */
export function noDeviceNames(names?: readonly string[]): Rule.RuleModule;
