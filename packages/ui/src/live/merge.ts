/** A change as the hub sends it: what the presenter says of a subject now, and which version of the subject that is. */
export type LiveMessage = {
  /** `noun/id`, such as `cart/0195…`. */
  readonly subject: string;
  /** Rises by one with every change of the subject. */
  readonly version: number;
  /** The subject's JSON, or null when it changed in a way that this screen must ask for itself. */
  readonly patch: Readonly<Record<string, unknown>> | null;
};

/** What to do with a message. Decided by `mergeMessage`, done by the cache. */
export type Merge =
  | { readonly kind: "apply"; readonly value: Versioned; readonly missed: boolean }
  | { readonly kind: "ignore" }
  | { readonly kind: "refetch" };

/** A cached answer that knows its version. */
export type Versioned = Readonly<Record<string, unknown>> & { readonly version: number };

/**
 * Decides what a message means for the answer that a screen holds [LVC-1]: a newer version is applied, a known one is ignored (streams
 * repeat themselves after a reconnect). `missed` says that versions in between never came, so that the screen asks once although it
 * shows the newest already; without a patch, or a version to compare with, it can only ask.
 */
export function mergeMessage(held: unknown, { version, patch }: LiveMessage): Merge {
  if (!isVersioned(held)) return { kind: "refetch" };
  if (version <= held.version) return { kind: "ignore" };
  if (patch === null) return { kind: "refetch" };
  return { kind: "apply", value: { ...held, ...patch, version }, missed: version > held.version + 1 };
}

function isVersioned(held: unknown): held is Versioned {
  return typeof held === "object" && held !== null && "version" in held && typeof held.version === "number";
}

/** The query key of a subject: `cart/0195…` is `["cart", "0195…"]`. Only the first slash divides, ids are opaque. */
export function subjectKey(subject: string): readonly [noun: string, id: string] {
  const slash = subject.indexOf("/");
  return slash < 0 ? [subject, ""] : [subject.slice(0, slash), subject.slice(slash + 1)];
}
