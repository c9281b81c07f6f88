import { useMutation, useQueryClient, type QueryClient, type QueryKey } from "@tanstack/react-query";
import { problemText } from "@weft/ui/app/problem-text.ts";
import { showToast } from "@weft/ui/shop/toast.tsx";

/** The hub reads places, catalog and channels from snapshots that follow a change within some ten milliseconds; asked sooner, it may answer the old. */
const SNAPSHOT_MS = 500;

/**
 * Something that a reader does: afterwards what it touched is asked again. `keep` writes the answer into what the reader sees, for what
 * the hub reads from snapshots. A refusal is said in a toast, because what was done is often no longer where the reader looks.
 */
export function useAct<Input, Answer>(
  act: (input: Input) => Promise<Answer>,
  touches: readonly QueryKey[],
  keep?: (queries: QueryClient, answer: Answer, input: Input) => void,
) {
  const queries = useQueryClient();
  const askAgain = (): Promise<unknown> => Promise.all(touches.map((queryKey) => queries.invalidateQueries({ queryKey })));
  const mutation = useMutation({
    mutationFn: act,
    onSuccess: (answer, input) => {
      if (!keep) return askAgain();
      keep(queries, answer, input);
      setTimeout(() => void askAgain(), SNAPSHOT_MS);
      return undefined;
    },
    onError: (error) => showToast(problemText(error)),
  });
  return {
    ...mutation,
    /**
     * Acts and says so, also to a reader who has gone on to another page meanwhile: what is given to `mutate` is lost with the part of the
     * screen that gave it. `after` is about that part alone, and is left out once it is gone.
     */
    act: (input: Input, say: (answer: Answer) => void, after?: (answer: Answer) => void): void => {
      // A refusal has been said already.
      mutation.mutateAsync(input, after ? { onSuccess: after } : {}).then(say, () => undefined);
    },
  };
}
