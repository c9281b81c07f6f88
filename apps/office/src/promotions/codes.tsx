import { Button, NumberInput, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { problemText } from "@weft/ui/app/problem-text.ts";
import { formatNumber } from "@weft/ui/i18n/format.ts";
import { useState } from "react";
import { api } from "../api.ts";
import { useAct } from "../common/act.ts";
import { Part } from "../common/beside.tsx";
import form from "../common/form.module.css";
import { t } from "../t.ts";
import { codesQuery, PROMOTIONS_KEY } from "./queries.ts";

/** The codes that let a promotion serve: one that is chosen, or many for one use each. */
export function PromotionCodes({ id }: { readonly id: string }) {
  const codes = useQuery(codesQuery(id)).data?.items ?? [];
  const [code, setCode] = useState("");
  const [count, setCount] = useState(100);
  const add = useAct(
    (body: Parameters<typeof api.ask<"promotions.addCodes">>[1]["body"]) => api.ask("promotions.addCodes", { params: { id }, body }),
    [PROMOTIONS_KEY],
  );
  return (
    <Part title={t("office.promotions.codes")}>
      <div className={form.form}>
        <div className={form.row}>
          <TextInput
            maxLength={40}
            label={t("office.promotions.code")}
            value={code}
            onChange={({ currentTarget }) => setCode(currentTarget.value)}
          />
          <Button
            variant="default"
            disabled={code.trim().length < 3 || add.isPending}
            onClick={() => add.mutate({ kind: "chosen", code }, { onSuccess: () => setCode("") })}
          >
            {t("office.promotions.add_code")}
          </Button>
        </div>
        <div className={form.row}>
          <NumberInput
            min={1}
            max={1000}
            allowDecimal={false}
            label={t("office.promotions.single_codes")}
            value={count}
            onChange={(next) => setCount(Number(next))}
          />
          <Button variant="default" disabled={add.isPending || count < 1} onClick={() => add.mutate({ kind: "made_up", count })}>
            {t("office.promotions.make_codes")}
          </Button>
        </div>
        <p role="alert" className={form.error}>
          {add.error ? problemText(add.error) : null}
        </p>
        <ul className={form.rows}>
          {codes.map(({ id: codeId, code: text, used, maximumUses }) => (
            <li key={codeId}>
              <code className={form.grow}>{text}</code>
              <small>{maximumUses === null ? formatNumber(used) : `${formatNumber(used)} / ${formatNumber(maximumUses)}`}</small>
            </li>
          ))}
        </ul>
      </div>
    </Part>
  );
}
