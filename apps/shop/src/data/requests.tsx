import { queryOptions, useMutation, useQuery } from "@tanstack/react-query";
import type { AnswerOf } from "@weft/contracts/client";
import { formatDate } from "@weft/ui/i18n/format.ts";
import { Button } from "@weft/ui/shop/button.tsx";
import { Field } from "@weft/ui/shop/field.tsx";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import { SelectField } from "@weft/ui/shop/select-field.tsx";
import { useState } from "react";
import { api } from "../api.ts";
import me from "../me/me.module.css";
import { t } from "../t.ts";
import styles from "./data.module.css";

const requestsQuery = (customerId: string) =>
  queryOptions({
    queryKey: ["customer", customerId, "requests"],
    queryFn: ({ signal }) => api.ask("privacyRequests.ofCustomer", { params: { id: "me" }, signal }),
  });

/** What can be done at once has its own button; these are for the rest. */
const KINDS = ["correction", "access", "objection"] as const;

/** Asks the retailer about one's data in one's own words, and shows what became of what was asked. */
export function Requests({ customerId }: { readonly customerId: string }) {
  const query = requestsQuery(customerId);
  const requests = useQuery(query);
  const [kind, setKind] = useState<(typeof KINDS)[number]>("correction");
  const [text, setText] = useState("");
  const ask = useMutation({
    mutationFn: () => api.ask("privacyRequests.create", { params: { id: "me" }, body: { kind, text: text.trim() } }),
    onSuccess: async () => {
      setText("");
      await api.queries.invalidateQueries(query);
    },
  });
  const error = ask.error ?? requests.error;
  return (
    <section className={me.part} aria-labelledby="requests-title">
      <h2 id="requests-title">{t("shop.data.requests")}</h2>
      <p className={me.quiet}>{t("shop.data.requests_text")}</p>
      {error ? <ProblemNote error={error} /> : null}
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          ask.mutate();
        }}
      >
        <SelectField
          label={t("shop.data.request_kind")}
          value={kind}
          onChoose={(value) => setKind(KINDS.find((one) => one === value) ?? kind)}
        >
          {KINDS.map((one) => (
            <option key={one} value={one}>
              {t(`shop.data.request.${one}`)}
            </option>
          ))}
        </SelectField>
        <Field
          label={t("shop.data.request_words")}
          value={text}
          required
          minLength={3}
          maxLength={1000}
          onChange={({ target }) => setText(target.value)}
        />
        <Button type="submit" busy={ask.isPending} disabled={text.trim().length < 3}>
          {t("shop.data.ask")}
        </Button>
      </form>
      <ul className={styles.requests}>
        {requests.data?.items.map((request) => (
          <RequestRow key={request.id} request={request} />
        ))}
      </ul>
    </section>
  );
}

type Own = AnswerOf<"privacyRequests.ofCustomer">["items"][number];

function RequestRow({ request: { kind, state, text, receivedAt, dueAt, closedAt, steps } }: { readonly request: Own }) {
  const told = steps.flatMap(({ note }) => note ?? []).at(-1);
  return (
    <li>
      <strong>{t(`shop.data.request.${kind}`)}</strong>
      {text === null ? null : <span>{text}</span>}
      <small>
        {state === "open"
          ? t("shop.data.request_open", { received: formatDate(receivedAt), due: formatDate(dueAt) })
          : t(`shop.data.request_${state}`, { date: formatDate(closedAt ?? receivedAt) })}
      </small>
      {told === undefined ? null : <small>{told}</small>}
    </li>
  );
}
