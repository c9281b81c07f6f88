import { request } from "undici";

/** The owner whom a data set has (hub/src/cli/bench-data.ts). */
export const OWNER = { email: "owner@bench.example", password: "a password of the bench" };
const SESSION = { "weft-session": "weft_office" };

/** Signs the owner in at the office; answers the headers that a browser would send from then on. */
export async function signInOwner(url: string): Promise<Record<string, string>> {
  const { statusCode, headers, body } = await request(`${url}/v1/staff-sessions`, {
    method: "POST",
    headers: { "content-type": "application/json", ...SESSION },
    body: JSON.stringify(OWNER),
  });
  if (statusCode !== 201) throw new Error(`the owner cannot sign in: ${statusCode} ${await body.text()}`);
  await body.dump();
  const cookies = [headers["set-cookie"] ?? []].flat();
  return { ...SESSION, cookie: cookies.map((cookie) => cookie.split(";", 1)[0]).join("; ") };
}

type Calling = (
  method: "GET",
  path: string,
  options: { readonly headers: Record<string, string> },
) => Promise<{ readonly json: { readonly channels: readonly { readonly id: string; readonly kind: string }[] } }>;

/** The channel of the tills, whose level is switched. */
export async function tillsOf(call: Calling, owner: Record<string, string>): Promise<string> {
  const { json } = await call("GET", "/v1/channels", { headers: owner });
  const tills = json.channels.find(({ kind }) => kind === "store");
  if (!tills) throw new Error("the data set has no tills");
  return tills.id;
}
