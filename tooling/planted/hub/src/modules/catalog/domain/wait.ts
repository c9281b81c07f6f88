// impure: waiting
export const wait = () => new Promise((resolve) => setTimeout(resolve, 1));
