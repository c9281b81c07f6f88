/** The known settings of places [PLA-2]: what each decides, its default, and what it accepts. A setting without an effect is not here. */
export const SETTINGS = {
  /** Minutes before closing at which a store says that it closes soon. */
  closingSoonMinutes: wholeNumber(30, 0, 240),
  /** Minutes that a cart holds units without any act of its holder. */
  holdMinutes: wholeNumber(15, 1, 60),
  /** Units of one SKU that a cart without a customer may hold. */
  anonymousMaxUnitsPerSku: wholeNumber(10, 1, 1000),
  /** Units in all that a cart without a customer may hold. */
  anonymousMaxUnits: wholeNumber(30, 1, 1000),
  /** Minutes from order to ready, beside the work on the goods themselves. */
  collectReadyMinutes: wholeNumber(5, 0, 24 * 60),
  /** Hours that what is ready waits for its customer, before staff decide what becomes of it. */
  collectWindowHours: wholeNumber(24, 1, 24 * 30),
  /** Minutes after midnight until which what is ordered to be shipped leaves on the same working day. */
  shipCutOffMinutes: wholeNumber(14 * 60, 0, 24 * 60 - 1),
  /** Minutes before the end of that time at which its customer is reminded; 0: never. */
  collectReminderMinutes: wholeNumber(120, 0, 24 * 60),
  /** Whether customers are also told that their order is being prepared: 1 yes, 0 no. */
  tellInPreparation: wholeNumber(0, 0, 1),
  /** What stands at the foot of a receipt. */
  receiptFooter: text("", 300),
} as const;

export type SettingKey = keyof typeof SETTINGS;
export type Settings = { readonly [Key in SettingKey]: (typeof SETTINGS)[Key]["fallback"] };
/** What a group or place sets itself. */
export type OwnSettings = Partial<Settings>;

/** A setting with where its value comes from. */
export type InheritedSetting = {
  readonly key: SettingKey;
  readonly value: string | number;
  readonly from: "place" | "group" | "default";
  readonly fromId: string | null;
  readonly fromName: string | null;
};

type Setting<T> = { readonly fallback: T; readonly accepts: (value: unknown) => boolean; readonly expected: string };

function wholeNumber(fallback: number, least: number, most: number): Setting<number> {
  return {
    fallback,
    accepts: (value) => typeof value === "number" && Number.isInteger(value) && value >= least && value <= most,
    expected: `a whole number from ${least} to ${most}`,
  };
}

function text(fallback: string, longest: number): Setting<string> {
  return {
    fallback,
    accepts: (value) => typeof value === "string" && value.length <= longest,
    expected: `a text of at most ${longest} characters`,
  };
}

export type SettingProblem = { readonly key: string; readonly because: "unknown" | "value"; readonly expected: string };

/** What is wrong with a set of changes; `null` as a value takes the own value away, so that it is inherited again. */
export function settingProblems(changes: Readonly<Record<string, unknown>>): SettingProblem[] {
  return Object.entries(changes).flatMap(([key, value]): SettingProblem[] => {
    if (!isSettingKey(key)) return [{ key, because: "unknown", expected: Object.keys(SETTINGS).join(", ") }];
    const { accepts, expected } = SETTINGS[key];
    return value === null || accepts(value) ? [] : [{ key, because: "value", expected }];
  });
}

/** The own settings after a change that has no problems. */
export function withChanges(own: OwnSettings, changes: Readonly<Record<string, unknown>>): OwnSettings {
  return Object.fromEntries(Object.entries({ ...own, ...changes }).filter(([, value]) => value !== null));
}

/** Whoever may set something, nearest first: the place, its group, that group's parent. */
export type SettingSource = {
  readonly kind: "place" | "group";
  readonly id: string;
  readonly name: string;
  readonly settings: OwnSettings;
};

/** Every setting as it holds for a place, each with where it comes from: the nearest source that sets it [PLA-2]. */
export function inheritSettings(sources: readonly SettingSource[]): InheritedSetting[] {
  return settingKeys().map((key) => {
    const source = sources.find(({ settings }) => settings[key] !== undefined);
    const value = source?.settings[key];
    if (!source || value === undefined) return { key, value: SETTINGS[key].fallback, from: "default", fromId: null, fromName: null };
    return { key, value, from: source.kind, fromId: source.id, fromName: source.name };
  });
}

export function settingKeys(): SettingKey[] {
  return Object.keys(SETTINGS).filter(isSettingKey);
}

function isSettingKey(key: string): key is SettingKey {
  return Object.hasOwn(SETTINGS, key);
}
