import type { FastifyInstance } from "fastify";

/** `fetch` that asks a hub over its HTTP edge, without a socket. */
export function askWith(app: FastifyInstance): typeof fetch {
  return async (url, init = {}) => {
    const answer = await app.inject({
      method: init.method === "POST" ? "POST" : init.method === "DELETE" ? "DELETE" : "GET",
      url: typeof url === "string" ? url : new Request(url).url,
      headers: init.headers as Record<string, string>, // the shoppers give plain objects
      ...(typeof init.body === "string" && { payload: init.body }),
    });
    const response = new Response(answer.body === "" ? null : answer.body, { status: answer.statusCode });
    for (const { name, value } of answer.cookies) response.headers.append("set-cookie", `${name}=${value}`);
    return response;
  };
}
