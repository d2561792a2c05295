// Judges a form as the server does, from the same rules: what is visible, and what is computed. Touches no page.

const LARGEST = Number.MAX_SAFE_INTEGER;
const LONGEST = 10_000;
const nothing = (value) => value === null || value === undefined;

// -- Numbers: whole, and unknown beyond 2^53−1 -----------------------------------------------------

const bounded = (big) => (big >= -LARGEST && big <= LARGEST ? Number(big) : null);
const total = (numbers) => bounded(numbers.reduce((sum, each) => sum + BigInt(each), 0n));
const absolute = (big) => (big < 0n ? -big : big);

function product(numbers) {
  let found = 1;
  for (const each of numbers) {
    if (nothing(each)) return null;
    found *= each;
    if (!Number.isSafeInteger(found)) return null;
  }
  return found + 0;
}

function rounded([numerator, denominator], places) {
  const above = absolute(numerator) * 10n ** BigInt(places);
  const below = absolute(denominator);
  const whole = (2n * above + below) / (2n * below);
  return bounded((numerator < 0n) === (denominator < 0n) ? whole : -whole);
}

// -- Days: counted from 1 January of year 1, in the calendar of today -------------------------------

const WRITTEN = /^(\d{4})-(\d{2})-(\d{2})$/;
const leap = (year) => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
const lengthOf = (year, month) => [31, leap(year) ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1];

export function dayOf(text) {
  const found = typeof text === "string" && WRITTEN.exec(text);
  if (!found) return null;
  const [year, month, day] = found.slice(1).map(Number);
  if (year < 1 || month < 1 || month > 12 || day < 1 || day > lengthOf(year, month)) return null;
  return [year, month, day];
}

function numberOf([year, month, day]) {
  const before = year - 1;
  let days = before * 365 + Math.floor(before / 4) - Math.floor(before / 100) + Math.floor(before / 400);
  for (let each = 1; each < month; each += 1) days += lengthOf(year, each);
  return days + day;
}

const written = (year, month, day) =>
  [String(year).padStart(4, "0"), String(month).padStart(2, "0"), String(day).padStart(2, "0")].join("-");

const LAST = numberOf([9999, 12, 31]);

function dated(number) {
  if (number < 1 || number > LAST) return null;
  let year = Math.max(1, Math.floor(number / 365.2425));
  while (numberOf([year, 12, 31]) < number) year += 1;
  let month = 1;
  let left = number - numberOf([year, 1, 1]) + 1;
  while (left > lengthOf(year, month)) left -= lengthOf(year, month++);
  return written(year, month, left);
}

const elapsed = (first, last) => (last[0] - first[0]) * 12 + last[1] - first[1] - (last[2] < first[2] ? 1 : 0);

function months([first, last]) {
  const [from, to] = [dayOf(first), dayOf(last)];
  if (!from || !to) return null;
  return numberOf(to) < numberOf(from) ? 0 - elapsed(to, from) : elapsed(from, to);
}

function later([text, number]) {
  const day = dayOf(text);
  if (!day || nothing(number)) return null;
  const count = day[0] * 12 + day[1] - 1 + number;
  const [year, month] = [Math.floor(count / 12), (((count % 12) + 12) % 12) + 1];
  return year < 1 || year > 9999 ? null : written(year, month, Math.min(day[2], lengthOf(year, month)));
}

// -- Texts: counted in characters -------------------------------------------------------------------

const short = (text) => ([...text].length <= LONGEST ? text : null);

function part([text, start, size]) {
  const letters = [...text];
  const begin = start < 0 ? Math.max(letters.length + start, 0) : start;
  if (size === undefined) return letters.slice(begin).join("");
  const end = size >= 0 ? begin + size : letters.length + size;
  return letters.slice(begin, Math.max(end, 0)).join("");
}

// -- Operators --------------------------------------------------------------------------------------

const strict = (run) => (values) => (values.some(nothing) ? null : run(values));
const known = (list) => (Array.isArray(list) ? list.filter((each) => !nothing(each)) : null);
const order = (holds) => strict((values) => values.slice(1).every((each, index) => holds(values[index], each)));
const has = ([needle, haystack]) => haystack.includes(needle);
const pick = (better) => (values) => values.reduce((best, each) => (better(each, best) ? each : best));
const ofList = (better) => ([list]) => (known(list)?.length ? pick(better)(known(list)) : null);
const less = (one, other) => one < other;
const more = (one, other) => one > other;

function truth(value) {
  if (Array.isArray(value)) return value.length > 0;
  if (value && typeof value === "object") return Object.keys(value).length > 0;
  return Boolean(value);
}

const OPERATORS = {
  and: (values) => (values.includes(false) ? false : values.some(nothing) ? null : true),
  or: (values) => (values.includes(true) ? true : values.some(nothing) ? null : false),
  "!": strict(([value]) => !value),
  "!!": ([value]) => truth(value),
  answered: (values) => !values.some(nothing),
  if: (values) => {
    for (let place = 0; place + 1 < values.length; place += 2) if (values[place] === true) return values[place + 1];
    return values.length % 2 ? values.at(-1) : null;
  },
  "??": (values) => values.find((value) => !nothing(value)) ?? null,
  "==": strict(([one, other]) => one === other),
  "!=": strict(([one, other]) => one !== other),
  nothing: ([one, other]) => nothing(one) === nothing(other),
  something: ([one, other]) => nothing(one) !== nothing(other),
  "<": order(less),
  "<=": order((one, other) => one <= other),
  ">": order(more),
  ">=": order((one, other) => one >= other),
  in: strict(has),
  contains: strict(([haystack, needle]) => has([needle, haystack])),
  starts_with: strict(([text, edge]) => text.startsWith(edge)),
  ends_with: strict(([text, edge]) => text.endsWith(edge)),
  cat: strict((values) => short(values.join(""))),
  substr: strict(part),
  lower: strict(([text]) => short(text.toLowerCase())),
  upper: strict(([text]) => short(text.toUpperCase())),
  length: strict(([text]) => [...text].length),
  "+": strict(total),
  "-": strict(([first, ...rest]) => total(rest.length ? [first, -rest[0]] : [-first])),
  "*": product,
  "%": strict(([divided, divisor]) => (divisor ? (divided % divisor) + 0 : null)),
  abs: strict(([number]) => Math.abs(number)),
  min: strict(pick(less)),
  max: strict(pick(more)),
  least: ofList(less),
  most: ofList(more),
  sum: ([list]) => (known(list) ? total(known(list)) : null),
  count: ([list]) => known(list)?.length ?? null,
  days_between: (days) => {
    const [first, last] = days.map(dayOf);
    return first && last ? numberOf(last) - numberOf(first) : null;
  },
  months_between: months,
  years_between: (days) => {
    const count = months(days);
    return nothing(count) ? null : Math.trunc(count / 12) + 0;
  },
  add_days: ([day, number]) => (dayOf(day) && !nothing(number) ? dated(numberOf(dayOf(day)) + number) : null),
  add_months: later,
  add_years: ([day, number]) => later([day, nothing(number) ? null : number * 12]),
  year: ([day]) => dayOf(day)?.[0] ?? null,
  month: ([day]) => dayOf(day)?.[1] ?? null,
};
OPERATORS.age = OPERATORS.years_between;

const COLLECTORS = {
  map: (items, results) => results,
  filter: (items, results) => items.filter((_, index) => results[index] === true),
  some: (items, results) => results.includes(true),
  all: (items, results) => results.length > 0 && results.every((each) => each === true),
  none: (items, results) => !results.includes(true),
};

const FITS = {
  text: (value) => typeof value === "string",
  date: (value) => dayOf(value) !== null,
  list: Array.isArray,
  row: (value) => value !== null && typeof value === "object" && !Array.isArray(value),
};

const below = (value, path) =>
  path.reduce((found, name) => (FITS.row(found ?? null) && Object.hasOwn(found, name) ? found[name] : null), value);

// -- Rules ------------------------------------------------------------------------------------------

// What a rule does, as a function of a scope {answers, outer, parent}.
export function compile(tree) {
  const [operator, ...rest] = tree;
  if (operator === "is") return () => rest[0];
  if (operator === "var") return reading(...rest);
  if (operator === "root") {
    const [path, kind] = rest;
    return (scope) => {
      const value = below(scope.outer, path);
      return FITS[kind](value) ? value : null;
    };
  }
  if (operator in COLLECTORS) return collecting(operator, ...rest.map(compile));
  if (operator in PARTICULAR) return PARTICULAR[operator](...rest);
  const runs = rest.map(compile);
  const act = OPERATORS[operator];
  return (scope) => act(runs.map((run) => run(scope)));
}

function reading(up, path) {
  return (scope) => {
    let here = scope;
    for (let level = 0; level < up && here; level += 1) here = here.parent;
    return here ? (path.length ? below(here.answers, path) : here.answers) : null;
  };
}

function collecting(operator, items, body) {
  return (scope) => {
    const found = items(scope);
    if (!Array.isArray(found)) return null;
    return COLLECTORS[operator](found, found.map((item) => body({ answers: item, outer: scope.outer, parent: scope })));
  };
}

const PARTICULAR = {
  scale: (tree, by) => {
    const run = compile(tree);
    return (scope) => product([run(scope), 10 ** by]);
  },
  "/": (above, below_, aboveplaces, belowplaces) => {
    const [divided, divisor] = [compile(above), compile(below_)];
    return (scope) => {
      const [one, other] = [divided(scope), divisor(scope)];
      if (nothing(one) || !other) return null;
      return [BigInt(one) * 10n ** BigInt(belowplaces), BigInt(other) * 10n ** BigInt(aboveplaces)];
    };
  },
  average: (tree, places) => {
    const run = compile(tree);
    return (scope) => {
      const found = known(run(scope));
      if (!found?.length) return null;
      const sum = found.reduce((all, each) => all + BigInt(each), 0n);
      return [sum, BigInt(found.length) * 10n ** BigInt(places)];
    };
  },
  round: (tree, before, after) => {
    const run = compile(tree);
    return (scope) => {
      const value = run(scope);
      if (nothing(value)) return null;
      return rounded(before === null ? value : [BigInt(value), 10n ** BigInt(before)], after);
    };
  },
};

// -- What is typed ----------------------------------------------------------------------------------

const BLANKS = /[\s\u00a0\u202f]/g;
const NUMBER = /^([+−-]?)([0-9]{1,20})(?:[.,]([0-9]{1,20}))?$/;
const FRENCH_DAY = /^(\d{1,2})\s*[/.\-\s]\s*(\d{1,2})\s*[/.\-\s]\s*(\d{4})$/;
const DAY_IN_FIGURES = /^(\d{2})(\d{2})([12]\d{3})$/;

function numberTyped(question, text) {
  const bare = question.money ? text.replace(/\s*(?:€|euros?|eur)\s*$/i, "") : text;
  const found = NUMBER.exec(bare.replace(BLANKS, ""));
  if (!found) return null;
  const [, sign, whole, decimals = ""] = found;
  const { places } = question;
  if (/[1-9]/.test(decimals.slice(places))) return null;
  const value = bounded(BigInt(whole + decimals.slice(0, places).padEnd(places, "0")));
  if (nothing(value)) return null;
  const signed = sign === "-" || sign === "−" ? 0 - value : value;
  const free = "minimum" in question || "exclusiveMinimum" in question;
  return question.money && signed < 0 && !free ? null : within(question, signed) ? signed : null;
}

function within(question, value) {
  return !(
    value < question.minimum || value > question.maximum || value <= question.exclusiveMinimum
    || value >= question.exclusiveMaximum || (question.multipleOf && value % question.multipleOf !== 0)
  );
}

function dayTyped(question, text, today) {
  const french = FRENCH_DAY.exec(text) ?? DAY_IN_FIGURES.exec(text);
  const day = french ? written(Number(french[3]), Number(french[2]), Number(french[1])) : text;
  if (!dayOf(day)) return null;
  const bound = (limit) => (limit === "today" ? today : limit);
  return day < bound(question.min) || day > bound(question.max) ? null : day;
}

function textTyped(question, text) {
  const tidy = question.control === "textarea" ? text.trim() : text.trim().replace(/[ \t\r\n]+/g, " ");
  const size = [...tidy].length;
  return !tidy || size < question.minLength || size > question.maxLength ? null : tidy.normalize("NFC");
}

// The value of what is typed, null when it is no answer; the server alone is sure of it.
export function clean(question, raw, today) {
  if (nothing(raw) || raw === "" || raw === false && question.control === "checkbox") return null;
  if (question.kind === "number") return numberTyped(question, String(raw));
  if (question.kind === "date") return dayTyped(question, String(raw).trim(), today);
  if (question.kind === "boolean") {
    if (question.control === "checkbox") return raw === true || raw === "true" || raw === "on" ? true : null;
    return raw === true || raw === "true" ? true : raw === false || raw === "false" ? false : null;
  }
  if (question.kind === "list") {
    const chosen = question.choices ? Object.keys(question.choices).filter((each) => raw.includes(each)) : raw;
    const count = chosen.length;
    return !count || count < question.minItems || count > question.maxItems ? null : chosen;
  }
  if (question.kind === "row") return Object.keys(raw).length ? raw : null;
  if (question.choices) return Object.hasOwn(question.choices, raw) ? raw : null;
  return textTyped(question, String(raw));
}

// -- The judge --------------------------------------------------------------------------------------

const prepared = new WeakMap();

function prepare(question) {
  let rules = prepared.get(question);
  if (!rules) {
    rules = {
      when: question.when && compile(question.when),
      compute: question.compute && compile(question.compute),
    };
    prepared.set(question, rules);
  }
  return rules;
}

class Judging {
  constructor(outer, stands) {
    this.outer = outer;
    this.stands = stands;
    this.visible = new Set();
    this.computed = new Map();
  }

  // The value of one question that may be seen at its place, undefined when it is hidden.
  value(question, raw, path, scope) {
    const { when, compute } = prepare(question);
    // What depends on an answer that only the server can read is left as it stands.
    if (question.left ? !this.stands(path) : when && when(scope) !== true) return undefined;
    this.visible.add(path);
    if (question.rows) return this.group(question, raw, path, scope);
    if (compute && question.left) return null;
    if (!compute) return clean(question, raw, this.outer.today);
    const value = compute(scope);
    this.computed.set(path, value);
    if (nothing(value)) return null;
    if (question.kind === "number") return within(question, value) ? value : null;
    return clean(question, value, this.outer.today);
  }

  group(question, raw, path, scope) {
    const rows = Array.isArray(raw) ? raw : [];
    const values = rows.map((row) => this.row(question, row, `${path}.${row._row}`, scope));
    return !rows.length || rows.length < question.minItems || rows.length > question.maxItems ? null : values;
  }

  row(group, raw, path, scope) {
    const answers = {};
    const inside = { answers, outer: this.outer, parent: scope };
    for (const each of group.rows) {
      const value = this.value(each, raw[each.name], `${path}.${each.name}`, inside);
      if (!nothing(value)) answers[each.name] = value;
    }
    return answers;
  }
}

// What is visible, answered and computed; `raw` is what is typed by name, `given` holds the answers of other
// pages and what stands outside of them; `stands` says whether a part is on the page already.
export function judge(program, raw, { answers: elsewhere, outer }, stands = () => true) {
  const judging = new Judging(outer, stands);
  const answers = { ...elsewhere };
  const scope = { answers, outer, parent: null };
  const open = new Map();
  for (const question of program.questions) {
    if (!open.has(question.section)) {
      const { id, left, when } = program.sections[question.section];
      const holds = left ? stands(`section:${id}`) : when.every((each) => compile(each)(scope) === true);
      open.set(question.section, holds);
    }
    if (!open.get(question.section)) continue;
    const value = judging.value(question, raw[question.name], question.name, scope);
    if (!nothing(value)) answers[question.name] = value;
  }
  const holds = (section) => section.when.every((each) => compile(each)(scope) === true);
  const shown = program.sections.filter((section, index) => {
    const asked = program.questions.filter((question) => question.section === index);
    return asked.length ? asked.some(({ name }) => judging.visible.has(name)) : holds(section);
  });
  return { answers, visible: judging.visible, computed: judging.computed, sections: new Set(shown.map(({ id }) => id)) };
}
