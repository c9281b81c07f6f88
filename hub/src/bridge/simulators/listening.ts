import type { AddressInfo, Server, Socket } from "node:net";

/** A device that is played by a program. */
export type Simulator = { readonly address: string; readonly stop: () => Promise<void> };

/** Lets a server listen on a port of this machine that is free. */
export async function listening(server: Server): Promise<Simulator> {
  const sockets = new Set<Socket>();
  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", resolve);
  });
  server.unref();
  const { port } = server.address() as AddressInfo; // it listens on a port
  return {
    address: `tcp://127.0.0.1:${port}`,
    stop: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}
