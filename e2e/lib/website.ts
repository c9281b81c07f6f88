import { once } from "node:events";
import { createServer } from "node:http";

/** A website that is none of the hub's: plain pages, on an origin of their own. */
export async function openWebsite(pages: Readonly<Record<string, string>>): Promise<{ readonly url: string; close(): void }> {
  const server = createServer((request, response) => {
    const page = pages[new URL(request.url ?? "/", "http://site").pathname];
    response.writeHead(page === undefined ? 404 : 200, { "content-type": "text/html; charset=utf-8" }).end(page);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
