import { createTransport } from "nodemailer";
import type { MailPort } from "../messages/index.ts";

const PATIENCE_MS = 10_000;

/** Carries mail to the mail server of `SMTP_URL` (`smtp://user:password@host:port`, `smtps://…`). One connection is kept open. */
export function smtpMail(url: string, from: string): MailPort & { close(): void } {
  const transport = createTransport({
    url,
    pool: true,
    maxConnections: 1,
    connectionTimeout: PATIENCE_MS,
    greetingTimeout: PATIENCE_MS,
    socketTimeout: PATIENCE_MS,
  });
  return {
    async send({ id, to, subject, text, html, unsubscribeUrl }) {
      // The same id at every try, so that a mail server that took it and could not say so drops the second one.
      await transport.sendMail({
        from,
        to: { name: "", address: to },
        subject,
        text,
        messageId: `<${id}@${hostOf(from)}>`,
        ...(html === null ? {} : { html }),
        ...(unsubscribeUrl === null ? {} : { headers: oneClick(unsubscribeUrl) }),
      });
    },
    close: () => transport.close(),
  };
}

/** What follows the `@` of `Name <local@host>`. */
function hostOf(from: string): string {
  return /@([^>\s]+)/.exec(from)?.[1] ?? "localhost";
}

/** The two headers of RFC 8058, by which a mail program unsubscribes with a POST of its own. */
const oneClick = (url: string): Record<string, string> => ({
  "List-Unsubscribe": `<${url}>`,
  "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
});
