import { newId, type MessageId } from "@weft/kernel";
import { SMTPServer, type SMTPServerOptions } from "smtp-server";
import { afterEach, describe, expect, it } from "vitest";
import { smtpMail } from "./smtp.ts";

const FROM = "Trama <hello@trama.example>";
const MAIL = {
  to: "lea@example.com",
  subject: "Votre commande 12 → prête",
  text: "Bonjour Léa,\ntout est là.",
  html: "<p>Bonjour Léa</p>",
  unsubscribeUrl: null,
};

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});

describe("[MSG-3] mail over SMTP", () => {
  it("arrives at a mail server as it was written, with the message's own id at every try", async () => {
    const server = await startMailServer({});
    const mail = smtpMail(server.url, FROM);
    closing.push(() => mail.close());
    const id = newId<MessageId>();
    await mail.send({ id, ...MAIL });
    await mail.send({ id, ...MAIL, to: "anna@example.com" });
    expect(server.received).toHaveLength(2);
    expect(server.received[0]).toMatchObject({ from: "hello@trama.example", to: ["lea@example.com"] });
    expect(server.received[0]?.source).toContain("From: Trama <hello@trama.example>");
    expect(server.received[0]?.source).toContain(`Subject: =?UTF-8?Q?Votre_commande_12_=E2=86=92_pr=C3=AAte?=`);
    for (const { source } of server.received) expect(source).toContain(`Message-ID: <${id}@trama.example>`);
  });

  it.each(["lea@example.com, anna@example.com", "lea@example.com\r\nBcc: anna@example.com"])(
    "goes to one address, whatever is written in it: %j",
    async (to) => {
      const server = await startMailServer({});
      const mail = smtpMail(server.url, FROM);
      closing.push(() => mail.close());
      await mail.send({ id: newId<MessageId>(), ...MAIL, to }).catch(() => undefined);
      expect(server.received.flatMap(({ to: recipients }) => recipients)).not.toContain("anna@example.com");
      expect(server.received.length).toBeLessThanOrEqual(1);
    },
  );

  it("[MSG-9] what needs a yes carries both headers of RFC 8058, and what an order needs neither", async () => {
    const server = await startMailServer({});
    const mail = smtpMail(server.url, FROM);
    closing.push(() => mail.close());
    await mail.send({ id: newId<MessageId>(), ...MAIL, unsubscribeUrl: "https://trama.example/v1/unsubscribes/abc" });
    await mail.send({ id: newId<MessageId>(), ...MAIL });
    const [offer, order] = server.received.map(({ source }) => source);
    expect(offer).toContain("List-Unsubscribe: <https://trama.example/v1/unsubscribes/abc>");
    expect(offer).toContain("List-Unsubscribe-Post: List-Unsubscribe=One-Click");
    expect(order).not.toContain("List-Unsubscribe");
  });

  it("tells by the server's code that it was not taken", async () => {
    const full = Object.assign(new Error("the box of lea is full"), { responseCode: 452 });
    const server = await startMailServer({ onRcptTo: (_address, _session, done) => done(full) });
    const mail = smtpMail(server.url, FROM);
    closing.push(() => mail.close());
    await expect(mail.send({ id: newId<MessageId>(), ...MAIL })).rejects.toMatchObject({ responseCode: 452 });
    const nobody = smtpMail("smtp://127.0.0.1:1", FROM);
    closing.push(() => nobody.close());
    await expect(nobody.send({ id: newId<MessageId>(), ...MAIL })).rejects.toMatchObject({
      code: expect.stringMatching(/ECONNECTION|ESOCKET|ECONNREFUSED/),
    });
  });
});

type Received = { readonly from: string; readonly to: readonly string[]; readonly source: string };

/** A real mail server on this machine. */
async function startMailServer(options: SMTPServerOptions): Promise<{ readonly url: string; readonly received: readonly Received[] }> {
  const received: Received[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    onData(stream, { envelope }, done) {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", () => {
        const from = envelope.mailFrom === false ? "" : envelope.mailFrom.address;
        received.push({ from, to: envelope.rcptTo.map(({ address }) => address), source: Buffer.concat(chunks).toString("utf8") });
        done();
      });
    },
    ...options,
  });
  const port = await new Promise<number>((resolve) => {
    const listening = server.listen(0, "127.0.0.1", () => {
      const address = listening.address();
      resolve(typeof address === "object" && address ? address.port : 0);
    });
  });
  closing.push(() => new Promise<void>((resolve) => server.close(() => resolve())));
  return { url: `smtp://127.0.0.1:${port}`, received };
}
