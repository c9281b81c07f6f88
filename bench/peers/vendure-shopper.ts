import { request, Agent } from "undici";
import type { Peer } from "./vendure-project.ts";

/** Asks the shop's API of the peer on kept connections. */
export type PeerClient = {
  list(): Promise<string | null>;
  /** A new guest's cart with three lines. */
  fill(): Promise<string | null>;
  /** The same, to a placed and paid order. */
  buy(): Promise<string | null>;
  close(): Promise<void>;
};

const LIST = `query { products(options: { take: 20 }) { items { id name slug variants { id sku priceWithTax stockLevel } } } }`;
const FILL = `mutation ($lines: [AddItemInput!]!) {
  cart: addItemsToOrder(inputs: $lines) { order { totalWithTax lines { id } } errorResults { __typename } }
}`;
const PAY = `mutation ($email: String!, $shipping: [ID!]!) {
  customer: setCustomerForOrder(input: { emailAddress: $email, firstName: "Anna", lastName: "Test" }) { __typename }
  address: setOrderShippingAddress(input: { fullName: "Anna Test", streetLine1: "1 rue du Test", city: "Lyon", postalCode: "69002", countryCode: "FR" }) { __typename }
  method: setOrderShippingMethod(shippingMethodId: $shipping) { __typename }
  state: transitionOrderToState(state: "ArrangingPayment") { __typename }
  payment: addPaymentToOrder(input: { method: "test", metadata: {} }) { __typename ... on Order { code state } }
}`;

/** `draw`: which of the products, from 0. */
export async function openPeerShop({ url }: Pick<Peer, "url">, draw: () => number): Promise<PeerClient> {
  const dispatcher = new Agent({ connections: 64, pipelining: 1 });
  const ask = async (query: string, variables: object, token?: string) => {
    const response = await request(`${url}/shop-api`, {
      method: "POST",
      dispatcher,
      headers: { "content-type": "application/json", ...(token && { authorization: `Bearer ${token}` }) },
      body: JSON.stringify({ query, variables }),
    });
    const given = response.headers["vendure-auth-token"];
    // The answer is that of the query beside it.
    const json = (await response.body.json()) as { data?: Record<string, any>; errors?: readonly { message: string }[] };
    return { token: typeof given === "string" ? given : token, data: json.data ?? {}, error: json.errors?.[0]?.message };
  };
  const variants: string[] = await readVariants(ask);
  const { shipping, payment } = await readMethods(ask, variants[0] ?? "");
  const pick = (): string => variants[draw() % variants.length] ?? "";
  let shoppers = 0;
  const fill = () => ask(FILL, { lines: [lineOf(pick()), lineOf(pick()), lineOf(pick())] });
  return {
    async list() {
      const { data, error } = await ask(LIST, {});
      return data["products"]?.items.length === 20 ? null : (error ?? "a short list");
    },
    async fill() {
      const { data, error } = await fill();
      return data["cart"]?.order && data["cart"].errorResults.length === 0 ? null : (error ?? JSON.stringify(data));
    },
    async buy() {
      const filled = await fill();
      const email = `shopper${shoppers++ % 1000}@example.com`;
      const { data, error } = await ask(PAY.replace('"test"', JSON.stringify(payment)), { email, shipping: [shipping] }, filled.token);
      return data["payment"]?.state === "PaymentSettled" ? null : (error ?? JSON.stringify(data));
    },
    close: () => dispatcher.close(),
  };
}

const lineOf = (productVariantId: string) => ({ productVariantId, quantity: 1 });

type Ask = (
  query: string,
  variables: object,
  token?: string,
) => Promise<{ token: string | undefined; data: Record<string, any>; error: string | undefined }>; // GraphQL answers what was asked for

async function readVariants(ask: Ask): Promise<string[]> {
  const found: string[] = [];
  for (let skip = 0; ; skip += 100) {
    const { data, error } = await ask(
      `query { products(options: { take: 100, skip: ${skip}, sort: { id: ASC } }) { items { variants { id } } } }`,
      {},
    );
    if (error) throw new Error(`the peer does not list its products: ${error}`);
    const items: { variants: { id: string }[] }[] = data["products"].items;
    found.push(...items.flatMap(({ variants }) => variants.map(({ id }) => id)));
    if (items.length < 100) return found;
  }
}

async function readMethods(ask: Ask, variant: string): Promise<{ shipping: string; payment: string }> {
  const filled = await ask(FILL, { lines: [lineOf(variant)] });
  const { data, error } = await ask("query { eligibleShippingMethods { id } eligiblePaymentMethods { code } }", {}, filled.token);
  const shipping: string | undefined = data["eligibleShippingMethods"]?.[0]?.id;
  const payment: string | undefined = data["eligiblePaymentMethods"]?.[0]?.code;
  if (!shipping || !payment)
    throw new Error(`the peer has no way of shipping or paying: ${error ?? JSON.stringify([filled.error ?? filled.data, data])}`);
  return { shipping, payment };
}
