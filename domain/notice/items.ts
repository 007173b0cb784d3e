import type { OutlineNode } from './outline.ts';
import type { Paragraph } from './source-text.ts';

/** A heading that may be an item has at most this many characters where only its wording speaks for it. */
const SHORT = 60;

const above = new Set(['aspect', 'part', 'grouping']);
const never = new Set(['narrative', 'closing', 'part', 'grouping', 'aspect']);

/** Which headings are items: those that name a problem and have none below them that do. */
export function findItems(nodes: readonly OutlineNode[], paragraphs: readonly Paragraph[]): Set<OutlineNode> {
  const named = new Set(nodes.filter((node) => node.heading.kind === 'problem'));
  for (const node of labelledProblems(nodes)) named.add(node);
  for (const node of membersOfLists(nodes, paragraphs)) named.delete(node);
  let items = lowest(nodes, named);
  if (items.size === 0) items = lowest(nodes, likelyProblems(nodes, paragraphs));
  if (items.size > 0) addSiblings(nodes, paragraphs, items);
  addAspects(nodes, paragraphs, items);
  return withoutNested(nodes, items);
}

/** Of headings that stand above one another, the lower ones are the problems and the upper their aspect. */
function lowest(nodes: readonly OutlineNode[], named: ReadonlySet<OutlineNode>): Set<OutlineNode> {
  const items = new Set<OutlineNode>();
  const leads = new Set<OutlineNode>();
  for (let index = nodes.length - 1; index >= 0; index -= 1) {
    const node = nodes[index] as OutlineNode;
    const leading = node.children.filter((child) => leads.has(child));
    // A single measure that happens to begin 针对“…”问题 must not turn an item into an aspect, nor prose into items.
    const most = leading.length > 0 && leading.length * 2 >= node.children.length;
    const ownLabel = isOwnLabel(leading);
    if (named.has(node) || (ownLabel && node.heading.kind === 'likely')) {
      leads.add(node);
      if (!most || ownLabel) items.add(node);
    } else if (most || (leading.length > 0 && above.has(node.heading.kind))) {
      leads.add(node);
    }
  }
  // Only what is reached from the top through leading headings counts: the rest stands inside an item or in prose.
  return new Set(
    [...items].filter(
      (node) => node.parent === undefined || (leads.has(node.parent) && !items.has(node.parent)),
    ),
  );
}

/** 整改任务: right under a heading that names the problem says it once more. */
function isOwnLabel(leading: readonly OutlineNode[]): boolean {
  return leading.length === 1 && leading[0]?.heading.label === 'problem';
}

/**
 * Headings under which 整改措施: or its like stands, in whatever words they name the problem. Of a list of measures
 * at most the last has a label behind it.
 */
function labelledProblems(nodes: readonly OutlineNode[]): OutlineNode[] {
  const found: OutlineNode[] = [];
  const single: OutlineNode[] = [];
  const styles = new Set<string>();
  for (const siblings of siblingGroups(nodes).values()) {
    const labelled = siblings.filter(isLabelled);
    if (siblings.length === 1) single.push(...labelled);
    else if (labelled.length * 2 > siblings.length) {
      found.push(...labelled);
      styles.add(siblings[0]?.style ?? '');
    }
  }
  for (const node of single) {
    if (styles.has(node.style) || node.heading.kind === 'likely') found.push(node);
  }
  return found;
}

function isLabelled(node: OutlineNode): boolean {
  if (!node.labelled || (never.has(node.heading.kind) && node.heading.kind !== 'aspect')) return false;
  if (node.heading.kind !== 'plain') return true;
  // Measures too may each have a person and a term behind them.
  for (let above = node.parent; above !== undefined; above = above.parent) {
    if (above.labelled || above.heading.kind === 'problem') return false;
  }
  return true;
}

/** Without any heading in the usual form: siblings most of which name something as deficient, and have a body. */
function likelyProblems(nodes: readonly OutlineNode[], paragraphs: readonly Paragraph[]): Set<OutlineNode> {
  const found = new Set<OutlineNode>();
  const single: OutlineNode[] = [];
  for (const siblings of siblingGroups(nodes).values()) {
    const candidates = siblings.filter((node) => !never.has(node.heading.kind));
    const likely = candidates.filter((node) => isLikely(node) && hasBody(node, paragraphs));
    if (likely.length >= 2 && likely.length * 3 >= candidates.length * 2)
      for (const node of likely) found.add(node);
    else if (siblings.length === 1) single.push(...likely);
  }
  // The only problem of its aspect is told by what numbers the problems of the others.
  const styles = new Set([...found].map((node) => node.style));
  for (const node of single) {
    const kind = node.parent?.heading.kind;
    if (styles.has(node.style) && kind !== undefined && (above.has(kind) || kind === 'likely'))
      found.add(node);
  }
  return found;
}

function siblingGroups(nodes: readonly OutlineNode[]): Map<string, OutlineNode[]> {
  const groups = new Map<string, OutlineNode[]>();
  for (const node of nodes) {
    const key = `${node.parent?.index ?? -1} ${node.style}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [node]);
    else group.push(node);
  }
  return groups;
}

/** Headings in another form among those of the usual form are items as well. */
function addSiblings(
  nodes: readonly OutlineNode[],
  paragraphs: readonly Paragraph[],
  items: Set<OutlineNode>,
): void {
  const styles = new Set([...items].map((node) => node.style));
  for (const siblings of siblingGroups(nodes).values()) {
    if (!styles.has(siblings[0]?.style ?? '')) continue;
    const first = siblings.findIndex((node) => items.has(node));
    const last = siblings.findLastIndex((node) => items.has(node));
    const parent = siblings[0]?.parent;
    if (first < 0 && (parent === undefined || !above.has(parent.heading.kind))) continue;
    siblings.forEach((node, index) => {
      if (never.has(node.heading.kind) || node.children.some((child) => items.has(child))) return;
      const between = index > first && index < last && (hasBody(node, paragraphs) || isLikely(node));
      if (between || (isLikely(node) && hasBody(node, paragraphs))) items.add(node);
    });
  }
}

/** An aspect with a body of its own and no problem below it is the item itself. */
function addAspects(
  nodes: readonly OutlineNode[],
  paragraphs: readonly Paragraph[],
  items: Set<OutlineNode>,
): void {
  const leads = new Set<OutlineNode>();
  for (const item of items)
    for (let node = item.parent; node && !leads.has(node); node = node.parent) leads.add(node);
  const others = items.size > 0;
  const lists = membersOfLists(nodes, paragraphs);
  for (const node of nodes) {
    if (lists.has(node)) continue;
    if (node.heading.kind !== 'aspect' || leads.has(node) || !hasBody(node, paragraphs)) continue;
    const words = paragraphs[node.index]?.folded.slice(0, node.heading.end) ?? '';
    if (others || /问题|整改|^(?:关于|针对)|["“]/.test(words)) items.add(node);
  }
}

/** (一)违反政治纪律的问题;(二)…: members of one sentence, under which nothing is told, head nothing. */
function membersOfLists(nodes: readonly OutlineNode[], paragraphs: readonly Paragraph[]): Set<OutlineNode> {
  const found = new Set<OutlineNode>();
  for (const siblings of siblingGroups(nodes).values()) {
    if (siblings.length < 2) continue;
    const isMember = (node: OutlineNode) =>
      node.end - node.index === 1 && /[;,、]$/.test(paragraphs[node.index]?.folded ?? '');
    if (siblings.slice(0, -1).every(isMember)) for (const node of siblings) found.add(node);
  }
  return found;
}

function withoutNested(nodes: readonly OutlineNode[], items: ReadonlySet<OutlineNode>): Set<OutlineNode> {
  const kept = new Set<OutlineNode>();
  let end = 0;
  for (const node of nodes) {
    if (!items.has(node) || node.index < end) continue;
    kept.add(node);
    end = node.end;
  }
  return kept;
}

function isLikely(node: OutlineNode): boolean {
  return (node.heading.kind === 'likely' || node.heading.kind === 'problem') && node.heading.end <= SHORT;
}

function hasBody(node: OutlineNode, paragraphs: readonly Paragraph[]): boolean {
  if (node.end - node.index > 1) return true;
  const words = paragraphs[node.index]?.folded ?? '';
  return words.slice(node.heading.end).trim() !== '';
}
