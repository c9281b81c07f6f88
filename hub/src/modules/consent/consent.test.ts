import { asId, err, ok, type ChannelId, type CustomerId, type RecordId } from "@weft/kernel";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { saleHub, TILLS, tillActor, WEB, type SaleHub } from "../../../test/sale-hub.ts";
import type { Actor } from "../../platform/index.ts";
import { channelOf, upsertChannels } from "../channels/index.ts";
import { eraseRecords, mergeCustomers, withdrawLink, writeRecord } from "../customers/index.ts";
import { ERASURE_HOOKS } from "../../personal-data.ts";
import {
  confirm,
  decide,
  liftSuppression,
  openConfirmation,
  setPreferences,
  suppress,
  type Choice,
  type ConfirmationId,
} from "./commands/index.ts";
import { consentInvariants } from "./invariants.ts";
import { mayContact, type ContactQuestion } from "./may-contact.ts";
import { suppressionPage } from "./queries.ts";
import { showTerms } from "./present.ts";
import { setEntityRule } from "./rules.ts";
import { testId } from "../../../test/goods-hub.ts";

let hub: SaleHub;
beforeAll(async () => {
  hub = await saleHub();
}, 30_000);
afterAll(() => hub.close());

const OFFERS = { purpose: "marketing", topic: "offers", channelKind: "email" } as const;
const yes = (more: Partial<Choice> = {}): Choice => ({ ...OFFERS, state: "granted", ...more });
const no = (more: Partial<Choice> = {}): Choice => ({ purpose: "marketing", state: "withdrawn", ...more });
const NOON = new Date("2026-03-04T11:00:00Z");

function unreachable(): never {
  throw new Error("the hub has a web channel");
}

let people = 0;
type Person = { readonly id: CustomerId; readonly web: RecordId; readonly till: RecordId; readonly email: string; readonly actor: Actor };

/** Somebody who is known on the web and at the till by one address. */
async function person(): Promise<Person> {
  const email = `person${++people}@consent.test.net`;
  const write = (channelId: typeof WEB) =>
    hub.must((ctx) =>
      writeRecord(ctx, {
        channelId,
        input: { externalId: `person ${people}`, givenName: "Mia", email },
        verified: ["email"],
        verifiedBy: "code",
        cause: "test",
      }),
    );
  const [web, till] = [await write(WEB), await write(TILLS)];
  const actor: Actor = {
    ...tillActor(),
    kind: "customer",
    channelId: WEB,
    staff: null,
    device: null,
    customer: { recordId: web.recordId, sessionId: web.recordId },
  };
  return { id: web.customerId, web: web.recordId, till: till.recordId, email, actor };
}

const reading = () => ({ ...hub.around, db: hub.db });
/** Commands answer a result; this one writes only. */
const prefer = (...given: [RecordId, Parameters<typeof setPreferences>[2], Parameters<typeof setPreferences>[3]]) =>
  hub.must(async (ctx) => ok(await setPreferences(ctx, ...given)));
const say = (recordId: RecordId, choices: readonly Choice[], actor?: Actor, isFromMailbox = false) =>
  hub.run(
    (ctx) =>
      decide(ctx, hub.vault, { recordId, choices, source: "web", wordingVersion: "test", language: "fr", proof: null, isFromMailbox }),
    actor,
  );
const may = (recordId: RecordId, email: string, more: Partial<ContactQuestion> = {}) =>
  mayContact({ db: hub.db, snapshots: hub.around.snapshots }, hub.vault, {
    recordId,
    address: email,
    purpose: "marketing",
    topic: "offers",
    channelKind: "email",
    channelId: WEB,
    at: NOON,
    ...more,
  });
const because = async (...asked: Parameters<typeof may>) => (await may(...asked)).because.kind;

describe("decisions", () => {
  it("[S8] what is said on one channel holds on all, before the next message leaves", async () => {
    const { web, till, email, actor } = await person();
    expect(await because(till, email)).toBe("no_consent");
    await say(web, [yes()], actor);
    expect(await because(till, email)).toBe("consent");
    await hub.published();
    await say(till, [no()], tillActor());
    expect(await because(web, email)).toBe("withdrawn");
    expect((await hub.published()).map(({ type }) => type)).toEqual(["consent.withdrawn.v1"]);
    await say(web, [yes()], actor);
    expect(await because(till, email)).toBe("consent");
    expect(await hub.violations(consentInvariants)).toEqual([]);
  });

  it("[CNS-1] what holds already is not written again, by however many at once", async () => {
    const { web, actor } = await person();
    const said = await Promise.all([1, 2, 3, 4].map(() => say(web, [yes(), yes({ topic: "news" })], actor)));
    expect(said.flatMap((result) => (result.ok ? result.value : []))).toHaveLength(2);
    const [withdrawal, again] = [await say(web, [no()], actor), await say(web, [no({ topic: "news", channelKind: "email" })], actor)];
    expect([withdrawal.ok && withdrawal.value.length, again.ok && again.value.length]).toEqual([1, 0]);
  });

  it("[CNS-1] a yes names its topic and kind, and a topic belongs to its purpose", async () => {
    const { web } = await person();
    expect(await say(web, [{ purpose: "marketing", state: "granted" }])).toEqual(err({ code: "consent.too_wide" }));
    expect(await say(web, [yes({ topic: "surveys" })])).toEqual(
      err({ code: "consent.topic_unknown", purpose: "marketing", topic: "surveys" }),
    );
  });

  it("[CNS-1] nobody changes a decision afterwards, not even by hand", async () => {
    const { web, actor } = await person();
    await say(web, [yes()], actor);
    await expect(hub.rows("update consent.event set state = 'withdrawn' where record_id = $1", [web])).rejects.toThrow("never changed");
  });

  it("[CNS-3] a merge makes a contested no, its undoing gives both back", async () => {
    const [ada, bea] = [await person(), await person()];
    await say(ada.web, [yes()], ada.actor);
    await say(bea.till, [no()], bea.actor);
    const link = await hub.must((ctx) => mergeCustomers(ctx, ada.id, bea.id, "the same person"));
    expect([await because(ada.web, ada.email), await because(bea.web, bea.email)]).toEqual(["withdrawn", "withdrawn"]);
    const terms = await showTerms(reading(), hub.vault, ada.web);
    expect(terms.cells.find((cell) => cell.topic === "offers" && cell.channelKind === "email")).toMatchObject({
      state: "withdrawn",
      isContested: true,
    });
    await hub.must((ctx) => withdrawLink(ctx, link));
    expect([await because(ada.web, ada.email), await because(bea.web, bea.email)]).toEqual(["consent", "withdrawn"]);
  });

  it("[CNS-3] what was said while merged holds for its record after the undoing, although it held already by the other", async () => {
    const [ada, bea] = [await person(), await person()];
    await say(bea.web, [no()], bea.actor);
    const link = await hub.must((ctx) => mergeCustomers(ctx, ada.id, bea.id, "the same person"));
    await say(ada.till, [no()], ada.actor);
    await hub.must((ctx) => withdrawLink(ctx, link));
    expect(await because(ada.web, ada.email)).toBe("withdrawn");
  });

  it("[CNS-2] a withdrawal reaches a siloed channel's record of the person, a yes and preferences do not", async () => {
    const { id: _id, ...web } = (await hub.must(async (ctx) => ok(await channelOf(ctx, WEB)))) ?? unreachable();
    const siloed = testId<ChannelId>("channel", 9);
    await hub.must(async (ctx) => ok(await upsertChannels(ctx, [{ ...web, id: siloed, code: "siloed", app: null }])));
    await hub.rows("update channels.channel set link_level = 'siloed' where id = $1", [siloed]);
    hub.around.snapshots.invalidate();
    const ada = await person();
    const there = await hub.must((ctx) =>
      writeRecord(ctx, {
        channelId: siloed,
        input: { externalId: "ada", givenName: "Ada", email: ada.email },
        verified: ["email"],
        verifiedBy: "code",
        cause: "test",
      }),
    );
    expect(there.customerId).not.toBe(ada.id);
    await say(ada.web, [yes()], ada.actor);
    await prefer(ada.web, "web", { language: "ca" });
    expect(await because(there.recordId, ada.email, { channelId: siloed })).toBe("no_consent");
    expect((await showTerms(reading(), hub.vault, there.recordId)).preferences.language).toBeNull();
    await say(ada.web, [no()], ada.actor);
    expect(await because(there.recordId, ada.email, { channelId: siloed })).toBe("withdrawn");
  });
});

describe("[CNS-5] asking twice", () => {
  const ENTITY = testId<never>("entity", 1);
  const ask = (own: boolean | null) => hub.must((ctx) => setEntityRule(ctx, ENTITY, own));
  const lastConfirmation = async () => {
    const [row] = await hub.rows<{ id: ConfirmationId }>("select id from consent.confirmation order by created_at desc limit 1");
    const opened = await hub.must(async (ctx) => ok(await openConfirmation(ctx, hub.vault, row?.id ?? asId(""))));
    return opened?.token ?? "";
  };

  it("a yes by mail waits for its button, which works once and for fourteen days", async () => {
    await ask(true);
    const { web, email, actor } = await person();
    await say(web, [yes(), yes({ channelKind: "sms" })], actor);
    expect([await because(web, email), await because(web, "+33639980001", { channelKind: "sms" })]).toEqual(["pending", "consent"]);
    const token = await lastConfirmation();
    expect(await hub.run((ctx) => confirm(ctx, hub.vault, "nonsense"))).toEqual(err({ code: "consent.confirmation_unknown" }));
    expect([await hub.must((ctx) => confirm(ctx, hub.vault, token)), await hub.must((ctx) => confirm(ctx, hub.vault, token))]).toEqual([
      1, 0,
    ]);
    expect(await because(web, email)).toBe("consent");
    await ask(null);
    expect(await hub.violations(consentInvariants)).toEqual([]);
  });

  it("a no that came in between wins, and what is late is over", async () => {
    await ask(true);
    const { web, till, email, actor } = await person();
    await say(web, [yes()], actor);
    const token = await lastConfirmation();
    await say(till, [no()], actor);
    expect(await hub.must((ctx) => confirm(ctx, hub.vault, token))).toBe(0);
    expect(await because(web, email)).toBe("withdrawn");
    const late = await person();
    await say(late.web, [yes()], late.actor);
    const lateToken = await lastConfirmation();
    await hub.rows("update consent.confirmation set expires_at = now() - interval '1 minute' where record_id = $1", [late.web]);
    expect(await hub.run((ctx) => confirm(ctx, hub.vault, lateToken))).toEqual(err({ code: "consent.confirmation_expired" }));
    await ask(null);
  });

  it("from the mailbox itself it holds at once, and without an address nothing can be confirmed", async () => {
    await ask(true);
    const { web, email, actor } = await person();
    await say(web, [yes()], actor, true);
    expect(await because(web, email)).toBe("consent");
    const { customer } = await hub.customer();
    expect(await say(customer.recordId, [yes()])).toEqual(err({ code: "consent.no_address" }));
    await ask(null);
  });
});

describe("[CNS-6] addresses that are left alone", () => {
  it("a dead one gets nothing but what its owner asks for; lifted, it is as before; its hash alone is kept", async () => {
    const { web, email } = await person();
    const id = await hub.must((ctx) =>
      suppress(ctx, hub.vault, { channelKind: "email", address: email.toUpperCase(), reason: "hard_bounce" }),
    );
    const again = await hub.must((ctx) => suppress(ctx, hub.vault, { channelKind: "email", address: email, reason: "hard_bounce" }));
    expect(again).toBe(id);
    expect(await because(web, email, { purpose: "transactional" } as never)).toBe("hard_bounce"); // what is asked in place of the topic
    expect(await because(web, email, { purpose: "requested" } as never)).toBe("requested"); // the same
    expect(JSON.stringify(await hub.rows("select * from consent.suppression"))).not.toContain("person");
    await hub.must((ctx) => liftSuppression(ctx, id));
    expect(await because(web, email, { purpose: "transactional" } as never)).toBe("contract"); // the same
    expect(await hub.run((ctx) => liftSuppression(ctx, id))).toEqual(err({ code: "consent.suppression_unknown" }));
    const lifted = { isLifted: true, before: null, limit: 10 };
    expect(await suppressionPage(hub, lifted)).toContainEqual(
      expect.objectContaining({ id, reason: "hard_bounce", liftedAt: expect.any(Date) }),
    );
    expect((await suppressionPage(hub, { ...lifted, isLifted: false })).map((row) => row.id)).not.toContain(id);
    expect(await hub.run((ctx) => suppress(ctx, hub.vault, { channelKind: "email", address: "no address", reason: "complaint" }))).toEqual(
      err({ code: "consent.address_invalid" }),
    );
  });

  it("after an erasure nothing is left of a yes, and of a no the hash: whoever imports the address again writes to nobody", async () => {
    const [gone, kept] = [await person(), await person()];
    await say(gone.web, [yes(), yes({ topic: "news" })], gone.actor);
    await say(gone.web, [no({ topic: "news", channelKind: "email" })], gone.actor);
    await say(kept.web, [yes()], kept.actor);
    await prefer(gone.web, "web", { language: "de" });
    for (const { web, till } of [gone, kept]) await hub.must(async (ctx) => ok(await eraseRecords(ctx, [web, till], ERASURE_HOOKS)));
    expect(await hub.rows("select record_id from consent.event where record_id = any($1)", [[gone.web, kept.web]])).toEqual([]);
    expect(await hub.violations(consentInvariants)).toEqual([]);
    const again = async (email: string) => {
      const back = await hub.must((ctx) =>
        writeRecord(ctx, { channelId: WEB, input: { givenName: "Mia", email }, verified: [], verifiedBy: "code", cause: "import" }),
      );
      return because(back.recordId, email);
    };
    expect([await again(gone.email), await again(kept.email)]).toEqual(["erased", "no_consent"]);
  });

  it("a fresh yes of its owner ends that, a complaint stays", async () => {
    const { web, email, actor } = await person();
    for (const reason of ["do_not_contact", "complaint"] as const)
      await hub.must((ctx) => suppress(ctx, hub.vault, { channelKind: "email", address: email, reason }));
    await say(web, [yes()], actor);
    const { suppressions } = await showTerms(reading(), hub.vault, web);
    expect(suppressions.map(({ reason }) => reason)).toEqual(["complaint"]);
  });
});

describe("[CNS-8] how somebody wants to be reached", () => {
  it("of each kind the newest of their records holds; what is left out stays, null forgets", async () => {
    const { web, till } = await person();
    const night = { from: 1320, until: 420, timeZone: "Europe/Paris" };
    await prefer(web, "web", { channel: "sms", quietHours: night });
    await prefer(till, "till", { language: "ca", channel: "email" });
    await prefer(web, "web", { quietHours: null });
    expect((await showTerms(reading(), hub.vault, till)).preferences).toEqual({
      channel: "email",
      language: "ca",
      quietHours: null,
      pausedUntil: null,
    });
    await hub.published();
    await prefer(till, "till", { language: "ca" });
    expect(await hub.published()).toEqual([]);
  });
});
