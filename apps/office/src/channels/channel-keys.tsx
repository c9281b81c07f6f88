import { Button, CopyButton, Modal } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { ChannelKeyView, ChannelView } from "@weft/contracts/client";
import { problemText } from "@weft/ui/app/problem-text.ts";
import { TimeAgo } from "@weft/ui/kit/time-ago.tsx";
import { showToast } from "@weft/ui/shop/toast.tsx";
import { useState } from "react";
import { api } from "../api.ts";
import { useAct } from "../common/act.ts";
import form from "../common/form.module.css";
import { useMay } from "../session/session.ts";
import { t } from "../t.ts";

/** The keys of a channel. A new one is shown once; a revoked one stops at once, so that is asked for first. */
export function ChannelKeys({ channel }: { readonly channel: ChannelView }) {
  const may = useMay();
  const queries = useQueryClient();
  const [revoking, setRevoking] = useState<ChannelKeyView>();
  const create = useMutation({
    mutationFn: (kind: ChannelKeyView["kind"]) => api.ask("channels.createKey", { params: { id: channel.id }, body: { kind } }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["channels"] }),
    onError: (error) => showToast(problemText(error)),
  });
  const living = channel.keys.filter(({ revokedAt }) => revokedAt === null);
  return (
    <div className={form.form}>
      {living.length === 0 ? <p className={form.quiet}>{t("office.channels.no_keys")}</p> : null}
      <ul className={form.rows}>
        {living.map((key) => (
          <li key={key.id}>
            <span className={form.grow}>
              {t(`office.channels.key.${key.kind}`)} <code>{key.display}</code>
              <br />
              <small>{key.lastUsedAt === null ? t("office.channels.never_used") : <TimeAgo at={key.lastUsedAt} />}</small>
            </span>
            {may("channels.revokeKey") ? (
              <Button variant="default" onClick={() => setRevoking(key)}>
                {t("office.channels.revoke")}
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
      {create.data ? <NewKey value={create.data.value} /> : null}
      {may("channels.createKey") ? (
        <div className={form.row}>
          <Button variant="default" loading={create.isPending} onClick={() => create.mutate("publishable")}>
            {t("office.channels.new_publishable")}
          </Button>
          <Button variant="default" loading={create.isPending} onClick={() => create.mutate("secret")}>
            {t("office.channels.new_secret")}
          </Button>
        </div>
      ) : null}
      {revoking ? <RevokeDialog channel={channel} channelKey={revoking} onClose={() => setRevoking(undefined)} /> : null}
    </div>
  );
}

function NewKey({ value }: { readonly value: string }) {
  return (
    <div className={form.form} role="status">
      <strong>{t("office.channels.shown_once")}</strong>
      <code className={form.raw}>{value}</code>
      <CopyButton value={value}>
        {({ copied, copy }) => (
          <Button variant="default" onClick={copy}>
            {copied ? t("office.copied") : t("office.copy")}
          </Button>
        )}
      </CopyButton>
    </div>
  );
}

type RevokeProps = { readonly channel: ChannelView; readonly channelKey: ChannelKeyView; readonly onClose: () => void };

/** A revoked key cannot be brought back, and whatever uses it stops. */
function RevokeDialog({ channel, channelKey, onClose }: RevokeProps) {
  const revoke = useAct(() => api.ask("channels.revokeKey", { params: { id: channel.id, keyId: channelKey.id } }), [["channels"]]);
  return (
    <Modal opened onClose={onClose} title={t("office.channels.revoke_title")} closeButtonProps={{ "aria-label": t("ui.close") }}>
      <div className={form.form}>
        <p>{t("office.channels.revoke_text", { channel: channel.name })}</p>
        <code className={form.raw}>{channelKey.display}</code>
        <p className={form.quiet}>
          {channelKey.lastUsedAt === null ? t("office.channels.never_used") : t("office.channels.last_used")}{" "}
          {channelKey.lastUsedAt === null ? null : <TimeAgo at={channelKey.lastUsedAt} />}
        </p>
        <Button size="sm" color="red.9" loading={revoke.isPending} onClick={() => revoke.mutate(undefined, { onSuccess: onClose })}>
          {t("office.channels.revoke")}
        </Button>
      </div>
    </Modal>
  );
}
