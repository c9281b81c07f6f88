import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

type Intent = {
  readonly id: string;
  status: string;
  readonly amount: number;
  amount_received: number;
  readonly currency: string;
  readonly metadata: Record<string, string>;
  readonly capture_method?: string;
  readonly created?: number;
  readonly customer?: string | null;
  readonly payment_method?: string | null;
  readonly setup_future_usage?: string | null;
  next_action?: { redirect_to_url: { url: string } } | null;
  last_payment_error?: { code: string; decline_code: string } | null;
};
type Page = {
  readonly id: string;
  status: string;
  payment_status: string;
  url: string;
  amount_total: number;
  currency: string;
  payment_intent: string | null;
};
type Refund = {
  readonly id: string;
  status: string;
  readonly payment_intent: string;
  readonly amount: number;
  readonly metadata: Record<string, string>;
};

type Dispute = {
  readonly id: string;
  status: string;
  readonly amount: number;
  readonly currency: string;
  readonly reason: string;
  readonly created: number;
  readonly evidence_details: { readonly due_by: number };
  readonly payment_intent: string;
};
type Movement = {
  readonly id: string;
  readonly type: string;
  readonly amount: number;
  readonly fee: number;
  readonly source: object | null;
};

/** How the next cards are answered: `lose` takes the money and keeps silent, `hang` does nothing and keeps silent. */
type Script = "approve" | "decline" | "bank" | "lose" | "hang";

/** A payment service of the outside world that speaks the wire format of the provider's API, as a server of its own. */
export type StripeSimulator = {
  readonly url: string;
  script: Script;
  refundStatus: "succeeded" | "pending" | "failed";
  readonly intents: Map<string, Intent>;
  readonly pages: Map<string, Page>;
  readonly refunds: Refund[];
  readonly disputes: Map<string, Dispute>;
  /** The cardholder of an intent takes its money back at their bank, who asks for an answer. */
  takeBack(id: string): Dispute;
  /** Pays what is there out to the account's bank. */
  payOut(amount: number): void;
  /** Movements that a page of the balance has at most. */
  pageSize: number;
  /** What a card reader said last. */
  reader: { status: "in_progress" | "succeeded" | "failed"; failure_code: string | null; intent: string } | null;
  /** How often money was taken. */
  taken(): number;
  /** Takes the money of an intent, as its payer or a reader let it. */
  take(id: string): void;
  close(): Promise<void>;
};

class Refused extends Error {
  readonly status: number;
  readonly body: object;
  constructor(status: number, body: object) {
    super("refused");
    this.status = status;
    this.body = body;
  }
}

const SILENT = Symbol("keeps silent");

export async function stripeSimulator(): Promise<StripeSimulator> {
  const answers = new Map<string, object | typeof SILENT>();
  let made = 0;
  let charges = 0;
  const payouts: Movement[] = [];
  const newId = (kind: string) => `${kind}_${(made += 1)}`;

  const sim: Omit<StripeSimulator, "url" | "close"> = {
    script: "approve",
    refundStatus: "succeeded",
    intents: new Map(),
    pages: new Map(),
    refunds: [],
    disputes: new Map(),
    pageSize: 100,
    reader: null,
    takeBack(id) {
      const intent = mustHave(sim.intents, id);
      const created = Math.floor(Date.now() / 1000);
      const dispute = {
        id: newId("dp"),
        status: "needs_response",
        amount: intent.amount_received,
        currency: intent.currency,
        reason: "fraudulent",
        created,
        evidence_details: { due_by: created + 7 * 24 * 3600 },
        payment_intent: id,
      };
      sim.disputes.set(dispute.id, dispute);
      return dispute;
    },
    payOut(amount) {
      payouts.push({ id: newId("txn"), type: "payout", amount: -amount, fee: 0, source: { id: newId("po") } });
    },
    taken: () => charges,
    take(id) {
      const intent = mustHave(sim.intents, id);
      if (intent.status === "canceled" || intent.status === "succeeded") return;
      charges += 1;
      intent.status = "succeeded";
      intent.amount_received = intent.amount;
      intent.next_action = null;
    },
  };

  function openIntent(form: URLSearchParams, mark: string): Intent {
    const intent: Intent = {
      id: newId("pi"),
      status: "requires_confirmation",
      amount: Number(form.get("amount")),
      amount_received: 0,
      currency: form.get("currency") ?? "",
      metadata: { weft_intent: form.get(mark) ?? "" },
      capture_method: form.get("capture_method") ?? "automatic",
      created: Math.floor(Date.now() / 1000),
      customer: form.get("customer"),
      payment_method: form.get("payment_method"),
      setup_future_usage: form.get("setup_future_usage"),
    };
    sim.intents.set(intent.id, intent);
    return intent;
  }

  function confirm(id: string, form: URLSearchParams): object | typeof SILENT {
    const intent = mustHave(sim.intents, id);
    if (intent.status === "canceled") throw new Refused(400, { error: { code: "payment_intent_unexpected_state" } });
    if (sim.script === "hang") return SILENT;
    // Nobody is there who could be asked.
    if (sim.script === "bank" && form.get("off_session") === "true")
      throw new Refused(402, { error: { type: "card_error", code: "authentication_required" } });
    if (sim.script === "bank") {
      intent.status = "requires_action";
      intent.next_action = { redirect_to_url: { url: `https://bank.example/${id}` } };
      return intent;
    }
    if (sim.script === "decline") {
      intent.status = "requires_payment_method";
      intent.last_payment_error = { code: "card_declined", decline_code: "insufficient_funds" };
      throw new Refused(402, { error: { type: "card_error", code: "card_declined", decline_code: "insufficient_funds" } });
    }
    if (intent.capture_method === "manual") intent.status = "requires_capture";
    else sim.take(id);
    return sim.script === "lose" ? SILENT : intent;
  }

  /** One that agreed is charged once; whatever is not taken then is let go. */
  function capture(id: string, amount: number): object {
    const intent = mustHave(sim.intents, id);
    if (intent.status !== "requires_capture" || amount > intent.amount)
      throw new Refused(400, { error: { code: "payment_intent_unexpected_state" } });
    charges += 1;
    intent.status = "succeeded";
    intent.amount_received = amount;
    return intent;
  }

  function openPage(form: URLSearchParams): Page {
    const amount = form.get("line_items[0][price_data][unit_amount]") ?? "0";
    const page: Page = {
      id: newId("cs"),
      status: "open",
      payment_status: "unpaid",
      url: "https://pay.example/page",
      amount_total: Number(amount),
      currency: form.get("line_items[0][price_data][currency]") ?? "",
      payment_intent: null,
    };
    sim.pages.set(page.id, page);
    return page;
  }

  function giveBack(form: URLSearchParams): Refund {
    const intent = mustHave(sim.intents, form.get("payment_intent") ?? "");
    const gone = sim.refunds.filter(({ payment_intent: of, status }) => of === intent.id && status !== "failed");
    const amount = Number(form.get("amount"));
    if (gone.reduce((sum, refund) => sum + refund.amount, amount) > intent.amount_received)
      throw new Refused(400, { error: { code: "charge_already_refunded" } });
    const mark = form.get("metadata[weft_refund]") ?? "";
    const refund = { id: newId("re"), status: sim.refundStatus, payment_intent: intent.id, amount, metadata: { weft_refund: mark } };
    sim.refunds.push(refund);
    return refund;
  }

  /** The movements of the balance, the newest first as the service lists them; each charge costs a fee. */
  function balance(form: URLSearchParams): object {
    const taken = [...sim.intents.values()].filter(({ amount_received: amount }) => amount > 0);
    const all: Movement[] = [
      ...taken.map(({ id, amount_received: amount }) => {
        const source = { id: `ch_${id}`, payment_intent: id };
        return { id: `txn_${id}`, type: "charge", amount, fee: Math.round(amount * 0.014) + 25, source };
      }),
      ...sim.refunds.map(({ id, amount, payment_intent, metadata }) => {
        return { id: `txn_${id}`, type: "refund", amount: -amount, fee: 0, source: { id, payment_intent, metadata } };
      }),
      ...payouts,
    ].toReversed();
    const begin = all.findIndex(({ id }) => id === form.get("starting_after")) + 1;
    const created = Math.floor(Date.now() / 1000);
    const page = all.slice(begin, begin + sim.pageSize).map((movement) => ({ ...movement, currency: "eur", created }));
    return { data: page, has_more: begin + sim.pageSize < all.length };
  }

  function act(method: string, path: string, form: URLSearchParams): object | typeof SILENT {
    const [, , noun = "", id = "", verb = "", last = ""] = path.split("/");
    if (noun === "payment_intents") {
      if (method === "GET") return mustHave(sim.intents, id);
      if (id === "") return openIntent(form, "metadata[weft_intent]");
      if (verb === "confirm") return confirm(id, form);
      if (verb === "capture") return capture(id, Number(form.get("amount_to_capture")));
      const intent = mustHave(sim.intents, id);
      if (intent.status === "succeeded") throw new Refused(400, { error: { code: "payment_intent_unexpected_state" } });
      intent.status = "canceled";
      return intent;
    }
    if (noun === "customers") return { id: newId("cus") };
    if (noun === "balance_transactions") return balance(form);
    if (noun === "disputes") {
      const dispute = mustHave(sim.disputes, id);
      return form.get("expand[0]") === "payment_intent"
        ? { ...dispute, payment_intent: mustHave(sim.intents, dispute.payment_intent) }
        : dispute;
    }
    if (noun === "checkout") {
      if (method === "POST" && verb === "") return openPage(form);
      const page = mustHave(sim.pages, verb);
      if (last === "expire" && page.status !== "open") throw new Refused(400, { error: { code: "resource_missing" } });
      if (last === "expire") page.status = "expired";
      return page;
    }
    if (noun === "terminal") {
      if (last === "process_payment_intent")
        sim.reader = { status: "in_progress", failure_code: null, intent: form.get("payment_intent") ?? "" };
      if (last === "cancel_action") sim.reader = null;
      const { reader } = sim;
      return { action: reader && { ...reader, process_payment_intent: { payment_intent: reader.intent } } };
    }
    return method === "GET" ? { data: sim.refunds.filter(({ payment_intent: of }) => of === form.get("payment_intent")) } : giveBack(form);
  }

  /** As the service does it: the same key gets the same answer, and nothing is done again. */
  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? "/", "http://simulator");
    let text = "";
    for await (const chunk of request) text += String(chunk);
    const key = request.headers["idempotency-key"];
    const known = typeof key === "string" ? answers.get(key) : undefined;
    try {
      const answer =
        known ?? act(request.method ?? "GET", url.pathname, request.method === "GET" ? url.searchParams : new URLSearchParams(text));
      if (typeof key === "string") answers.set(key, answer);
      if (answer === SILENT) return;
      response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(answer));
    } catch (error) {
      const refused = error instanceof Refused ? error : new Refused(404, { error: { code: "resource_missing" } });
      response.writeHead(refused.status, { "content-type": "application/json" }).end(JSON.stringify(refused.body));
    }
  }

  const server = createServer((request, response) => void serve(request, response));
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const { port } = server.address() as AddressInfo; // a server that listens on a port
  return Object.assign(sim, {
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise<void>((closed) => {
        server.closeAllConnections();
        server.close(() => closed());
      }),
  });
}

function mustHave<T>(all: ReadonlyMap<string, T>, id: string): T {
  const found = all.get(id);
  if (!found) throw new Refused(404, { error: { code: "resource_missing" } });
  return found;
}
