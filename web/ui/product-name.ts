/** The name the page was served under: the Worker writes the host's product on the root element, before anybody has signed in. */
export const productName = (): string => document.documentElement.dataset['product'] ?? 'AskProAI';
