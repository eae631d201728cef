// Answer the messages with NLP.js: one manager, the four languages, the language of each message told to it.
const fs = require("node:fs");
const { createRequire } = require("node:module");

const [taskPath, modules] = process.argv.slice(2);
const load = createRequire(modules);
const { dockStart } = load("@nlpjs/basic");
const task = JSON.parse(fs.readFileSync(taskPath, "utf8"));

async function learn() {
  const dock = await dockStart({ settings: { nlp: { autoSave: false, log: false, threshold: 0 } }, use: ["Basic"] });
  const nlp = dock.get("nlp");
  for (const [name, language] of [["fr", "LangFr"], ["nl", "LangNl"], ["en", "LangEn"], ["de", "LangDe"]]) {
    nlp.container.use(load(`@nlpjs/lang-${name}`)[language]);
    nlp.addLanguage(name);
  }
  for (const [text, label, language] of task.examples) nlp.addDocument(language, text, label);
  await nlp.train();
  return nlp;
}

async function main() {
  const begun = performance.now();
  const nlp = await learn();
  const startUp = (performance.now() - begun) / 1000;
  const answers = [];
  const times = [];
  for (const [text, language] of task.messages) {
    const before = performance.now();
    const got = await nlp.process(language, text);
    times.push(performance.now() - before);
    answers.push([got.intent === "None" ? "unknown" : got.intent, got.score]);
  }
  const memory = process.resourceUsage().maxRSS / 1024;
  process.stdout.write(`${JSON.stringify({ start_up: startUp, memory, times, answers })}\n`);
}

main();
