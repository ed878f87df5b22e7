// A set of members in the order of the balance, which finds the first one without looking at the others: a treap. Pure but for being changed.

/** What the balance compares. It must not change while the member is in a set. */
export interface Balanced {
  /** When it may send next, in milliseconds since 1970; in the past when it is free. */
  readonly freeAtMs: number;
  readonly segmentsToday: number;
  /** Grows in the order of the numbers. */
  readonly rank: number;
}

/**
 * Whether `one` comes before `other` in the balance: the earliest next free moment, where whoever is free is free now; then the
 * fewest segments today; then the lowest number (semantics section 2, step 6).
 */
export function comesBefore(one: Balanced, other: Balanced, nowMs: number): boolean {
  const oneFreeMs = Math.max(one.freeAtMs, nowMs);
  const otherFreeMs = Math.max(other.freeAtMs, nowMs);
  return oneFreeMs === otherFreeMs ? hasDoneLess(one, other) : oneFreeMs < otherFreeMs;
}

function hasDoneLess(one: Balanced, other: Balanced): boolean {
  return one.segmentsToday === other.segmentsToday
    ? one.rank < other.rank
    : one.segmentsToday < other.segmentsToday;
}

/** From left to right: who has done least first. */
interface Node<Member> {
  readonly member: Member;
  /** No node stands above one of a greater weight. */
  readonly weight: number;
  left: Tree<Member>;
  right: Tree<Member>;
  /** The earliest free moment of this node and those below it. */
  soonestMs: number;
}

type Tree<Member> = Node<Member> | undefined;

/** Adding, removing and asking cost the logarithm of the size; asking costs more where members are put aside. */
export class OrderedSet<Member extends Balanced> {
  #root: Tree<Member>;
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** Adds a member that is not in the set. */
  add(member: Member): void {
    const weight = weightOf(member.rank);
    const node = { member, weight, left: undefined, right: undefined, soonestMs: member.freeAtMs };
    this.#root = insert(this.#root, node);
    this.#size += 1;
  }

  /** Removes a member that is in the set and has not changed since it was added. */
  remove(member: Member): void {
    this.#root = remove(this.#root, member);
    this.#size -= 1;
  }

  /** The first member at a moment, of those that are not put aside. */
  first(nowMs: number, isPutAside: (member: Member) => boolean): Member | undefined {
    if (this.#root === undefined) return undefined;
    // Where nobody is free yet: of those that are free first it is again who has done least.
    const freeMs = Math.max(nowMs, this.#root.soonestMs);
    return (
      leftmostFree(this.#root, freeMs, isPutAside) ??
      soonestFree(this.#root, Number.POSITIVE_INFINITY, isPutAside)
    );
  }
}

/** The leftmost member that is free at a moment. */
function leftmostFree<Member extends Balanced>(
  node: Tree<Member>,
  freeMs: number,
  isPutAside: (member: Member) => boolean,
): Member | undefined {
  if (node === undefined || node.soonestMs > freeMs) return undefined;
  const left = leftmostFree(node.left, freeMs, isPutAside);
  if (left !== undefined) return left;
  if (node.member.freeAtMs <= freeMs && !isPutAside(node.member)) return node.member;
  return leftmostFree(node.right, freeMs, isPutAside);
}

/** The member that is free first, the leftmost of several, if that is before a moment. */
function soonestFree<Member extends Balanced>(
  node: Tree<Member>,
  beforeMs: number,
  isPutAside: (member: Member) => boolean,
): Member | undefined {
  if (node === undefined || node.soonestMs >= beforeMs) return undefined;
  let best = soonestFree(node.left, beforeMs, isPutAside);
  if (node.member.freeAtMs < (best?.freeAtMs ?? beforeMs) && !isPutAside(node.member)) best = node.member;
  return soonestFree(node.right, best?.freeAtMs ?? beforeMs, isPutAside) ?? best;
}

function insert<Member extends Balanced>(node: Tree<Member>, added: Node<Member>): Node<Member> {
  if (node === undefined) return added;
  if (added.weight > node.weight) {
    [added.left, added.right] = split(node, added.member);
    return counted(added);
  }
  if (hasDoneLess(added.member, node.member)) node.left = insert(node.left, added);
  else node.right = insert(node.right, added);
  return counted(node);
}

function remove<Member extends Balanced>(node: Tree<Member>, member: Member): Tree<Member> {
  if (node === undefined) return undefined;
  if (node.member === member) return merge(node.left, node.right);
  if (hasDoneLess(member, node.member)) node.left = remove(node.left, member);
  else node.right = remove(node.right, member);
  return counted(node);
}

/** Divides a tree into those before a member and those behind it. */
function split<Member extends Balanced>(
  node: Tree<Member>,
  member: Member,
): [before: Tree<Member>, behind: Tree<Member>] {
  if (node === undefined) return [undefined, undefined];
  if (hasDoneLess(node.member, member)) {
    const [before, behind] = split(node.right, member);
    node.right = before;
    return [counted(node), behind];
  }
  const [before, behind] = split(node.left, member);
  node.left = behind;
  return [before, counted(node)];
}

/** Joins two trees, all of `left` being before all of `right`. */
function merge<Member extends Balanced>(left: Tree<Member>, right: Tree<Member>): Tree<Member> {
  if (left === undefined || right === undefined) return left ?? right;
  if (left.weight > right.weight) {
    left.right = merge(left.right, right);
    return counted(left);
  }
  right.left = merge(left, right.left);
  return counted(right);
}

/** The node with its `soonestMs` made right after a change below it. */
function counted<Member extends Balanced>(node: Node<Member>): Node<Member> {
  let soonestMs = node.member.freeAtMs;
  if (node.left !== undefined && node.left.soonestMs < soonestMs) soonestMs = node.left.soonestMs;
  if (node.right !== undefined && node.right.soonestMs < soonestMs) soonestMs = node.right.soonestMs;
  node.soonestMs = soonestMs;
  return node;
}

/** A treap needs weights without an order of their own: the rank's bits, mixed (finalizer of MurmurHash3). No dice. */
function weightOf(rank: number): number {
  let bits = rank + 1;
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return (bits ^ (bits >>> 16)) >>> 0;
}
