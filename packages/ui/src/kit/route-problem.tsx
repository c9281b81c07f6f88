import { ProblemNote } from "../shop/problem-note.tsx";

/** In place of a screen that threw: the frame around it stays, and the screen can be tried again. */
export function RouteProblem({ error, reset }: { readonly error: unknown; readonly reset: () => void }) {
  return <ProblemNote error={error} onRetry={reset} />;
}
