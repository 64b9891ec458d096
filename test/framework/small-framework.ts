/** A framework file without mistakes, one line for each thing that a test can spoil. */
export const good = `id: small
version: 1
name: "Small"
credit: "Nobody"
stages: []
themes:
  - id: trust
    name: "Trust"
    about: "Being relied on."
    prompts:
      any:
        - id: trust.1
          text: "When did somebody last rely on you without checking?"
        - id: trust.2
          text: "Think of a promise that is late. What will you say about it?"
        - id: trust.3
          text: "Which of your partners would you trust with bad news first?"
        - id: trust.4
          text: "What do you check that you could leave to your colleagues?"
        - id: trust.5
          text: "How do you win back the trust of a person you let down?"
`;
