import { useMutation, useQueryClient, type QueryKey } from "@tanstack/react-query";
import { problemText } from "@weft/ui/app/problem-text.ts";
import { showToast } from "@weft/ui/shop/toast.tsx";

/**
 * Something that a reader does: afterwards what it touched is asked again. A refusal is said in a toast, because what was done is
 * often no longer where the reader looks.
 */
export function useAct<Input, Answer>(act: (input: Input) => Promise<Answer>, touches: readonly QueryKey[]) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: act,
    onSuccess: () => Promise.all(touches.map((queryKey) => queries.invalidateQueries({ queryKey }))),
    onError: (error) => showToast(problemText(error)),
  });
}
