// Every visible word comes from src/shared/words, or it can be neither translated nor kept in one voice.

const hasWord = (text) => /\p{L}{2,}/u.test(text);

/** Attributes that a person sees or hears. */
const spoken = new Set([
  'alt',
  'title',
  'label',
  'placeholder',
  'description',
  'aria-label',
  'aria-description',
  'aria-roledescription',
]);

/** The text of a literal or of a template without holes; undefined for anything computed. */
function fixedText(node) {
  if (node?.type === 'Literal' && typeof node.value === 'string') return node.value;
  if (node?.type === 'TemplateLiteral' && node.expressions.length === 0) return node.quasis[0].value.cooked;
  if (node?.type === 'JSXExpressionContainer') return fixedText(node.expression);
  return undefined;
}

export const noLooseText = {
  meta: {
    type: 'problem',
    schema: [],
    messages: { loose: 'Visible text belongs to src/shared/words; show it with t().' },
  },
  create(context) {
    const judge = (node, text) => {
      if (text !== undefined && hasWord(text)) context.report({ node, messageId: 'loose' });
    };
    return {
      JSXText: (node) => judge(node, node.value),
      JSXAttribute: (node) => {
        if (node.name.type === 'JSXIdentifier' && spoken.has(node.name.name)) judge(node, fixedText(node.value));
      },
      'JSXElement > JSXExpressionContainer': (node) => judge(node, fixedText(node)),
    };
  },
};
