import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import type { FulfillmentView } from "@weft/contracts/client";
import { problemText } from "@weft/ui/app/problem-text.ts";
import { showToast } from "@weft/ui/shop/toast.tsx";
import { api } from "../api.ts";
import { useMay } from "../session/session.ts";
import { t } from "../t.ts";

/** Its customer did not see that it is ready, and is told once more; pressed again within two minutes it is the same message. */
export function ReadyAgain({ fulfillment: { id, kind, state } }: { readonly fulfillment: FulfillmentView }) {
  const may = useMay();
  const again = useMutation({
    mutationFn: () => api.ask("messages.resendReady", { params: { id } }),
    onSuccess: ({ maskedTo }) => showToast(t("office.order.told_again", { to: maskedTo })),
    onError: (error) => showToast(problemText(error)),
  });
  if (kind !== "collect" || state !== "ready" || !may("messages.resendReady")) return null;
  return (
    <Button size="xs" variant="default" loading={again.isPending} onClick={() => again.mutate()}>
      {t("office.order.tell_again")}
    </Button>
  );
}
