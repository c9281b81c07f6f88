import type { OptionGroupView } from "@weft/contracts/client";

export type Options = readonly { readonly group: string; readonly value: string }[];

/** The usual drink: of every required group the first value that is there. */
export function defaultOptions(groups: readonly OptionGroupView[]): Options {
  return groups
    .filter(({ minimum }) => minimum > 0)
    .flatMap(({ code, minimum, values }) =>
      values
        .filter(({ soldOut }) => !soldOut)
        .slice(0, minimum)
        .map((value) => ({ group: code, value: value.code })),
    );
}

/** Chooses a value, or takes it off again. In a group of one the new one takes the place of the old; a full group takes no more. */
export function toggleOption({ code, minimum, maximum }: OptionGroupView, options: Options, value: string): Options {
  const others = options.filter(({ group }) => group !== code);
  const own = options.filter(({ group }) => group === code);
  const isChosen = own.some((option) => option.value === value);
  if (isChosen) return own.length > minimum ? [...others, ...own.filter((option) => option.value !== value)] : options;
  if (maximum === 1) return [...others, { group: code, value }];
  return own.length < maximum ? [...options, { group: code, value }] : options;
}

/** Whether every required choice is made. */
export function isComplete(groups: readonly OptionGroupView[], options: Options): boolean {
  return groups.every(
    ({ code, minimum, values }) => values.length === 0 || options.filter(({ group }) => group === code).length >= minimum,
  );
}
