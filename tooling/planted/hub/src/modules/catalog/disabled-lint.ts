// careless: disabled-lint

// oxlint-disable-next-line no-empty
export const quiet = () => {};
