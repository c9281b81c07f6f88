import { useMutation } from "@tanstack/react-query";
import { problemText } from "@weft/ui/app/problem-text.ts";
import { showToast } from "@weft/ui/shop/toast.tsx";
import { useBadges } from "../scan/badge.ts";
import { t } from "../t.ts";
import { useSetSession } from "./session.ts";
import { signInByBadge } from "./sign-in.ts";

/** The next person takes over by their badge, on any screen; the ticket stays as it is. */
export function BadgeSwitch() {
  const setSession = useSetSession();
  const { mutate } = useMutation({
    mutationFn: signInByBadge,
    onSuccess: (session) => {
      setSession(session);
      showToast(t("till.pin.taken_over", { name: session.staff?.name ?? "" }));
    },
    onError: (error) => showToast(problemText(error)),
  });
  useBadges((badge) => mutate(badge));
  return null;
}
