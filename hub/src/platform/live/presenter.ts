import type { HubEvent } from "@weft/kernel";
import type { ReadCtx } from "../ctx.ts";

/** A subject as screens see it now. The version rises with every change; without a patch the screen asks for the subject itself. */
export type Presented = { readonly version: number; readonly patch: Readonly<Record<string, unknown>> | null };

/** Which subjects an event changes on screens: one, several or none. Asked only while somebody follows this kind. */
export type Affected = {
  readonly type: string;
  readonly subject: (event: HubEvent, ctx: ReadCtx) => Subjects | Promise<Subjects>;
  /** The event may take the right to the subject from somebody who follows it: all of them are asked again [LIV-8]. */
  readonly takesRights: boolean;
};
type Subjects = string | readonly string[] | null;

/** How one kind of subject is shown live: who may follow it, and what they are sent. */
export type LivePresenter = {
  /** The noun before the slash: `cart` of `cart/0195…`. */
  readonly kind: string;
  readonly affectedBy: readonly Affected[];
  /**
   * The field class in which this caller may see the subject, or null for not at all. `token` is what came with the wish to follow
   * (a cart token). Callers of one class are sent the same bytes.
   */
  readonly authorize: (ctx: ReadCtx, id: string, token: string | null) => Promise<string | null>;
  /** The subject's JSON for a field class, made once for all who follow; null when it is gone. The actor of `ctx` is the system. */
  readonly present: (ctx: ReadCtx, id: string, fieldClass: string) => Promise<Presented | null>;
};

/**
 * `livePresenter({ kind: "cart", affectedBy: [{ event: CartChanged, subject: (e) => e.subject }], authorize, present })`.
 * `subject` may look something up, such as the customer of a record.
 */
export function livePresenter(definition: {
  readonly kind: string;
  readonly affectedBy: readonly {
    readonly event: { readonly type: string };
    readonly subject: Affected["subject"];
    readonly takesRights?: boolean;
  }[];
  readonly authorize: LivePresenter["authorize"];
  readonly present: LivePresenter["present"];
}): LivePresenter {
  return {
    ...definition,
    affectedBy: definition.affectedBy.map(({ event, subject, takesRights = false }) => ({ type: event.type, subject, takesRights })),
  };
}
