/** A subject to follow (`cart/0195…`), with the token that opens it where the session alone does not. */
export type Wanted = { readonly subject: string; readonly token?: string };

/** What the hub must be told so that the stream carries what is wanted, no more and no less. */
export type SubjectChange = { readonly add: readonly Wanted[]; readonly remove: readonly string[] };

/** What the tabs of one browser want to follow together. The tab that holds the stream keeps this book. */
export type Followers = {
  /** Says all that a tab wants now; what it wanted before and does not name is dropped. */
  readonly want: (tab: string, wanted: readonly Wanted[]) => SubjectChange;
  /** Forgets a tab that is gone. */
  readonly drop: (tab: string) => SubjectChange;
  /** Everything wanted by anyone, each subject once. */
  readonly all: () => readonly Wanted[];
};

/** An empty book: a subject is added with its first tab and removed with its last [LVC-2]. */
export function followers(): Followers {
  const tabs = new Map<string, readonly Wanted[]>();
  const bySubject = (): Map<string, Wanted> => {
    const all = new Map<string, Wanted>();
    // A tab without the token follows with that of the one that has it: they are the same browser.
    for (const wanted of [...tabs.values()].flat()) all.set(wanted.subject, { ...all.get(wanted.subject), ...wanted });
    return all;
  };

  function change(apply: () => void): SubjectChange {
    const before = bySubject();
    apply();
    const after = bySubject();
    return {
      add: [...after.values()].filter(({ subject }) => !before.has(subject)),
      remove: [...before.keys()].filter((subject) => !after.has(subject)),
    };
  }

  return {
    want: (tab, wanted) => change(() => tabs.set(tab, wanted)),
    drop: (tab) => change(() => tabs.delete(tab)),
    all: () => [...bySubject().values()],
  };
}
