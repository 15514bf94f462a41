import { isObject, type JsonObject, objectsOf } from '../../slack/json.ts';
import type { Block } from '../../slack/messages.ts';
import { Element } from './elements.tsx';
import { InputBlock } from './input-block.tsx';
import { Rendered } from './rendered.tsx';

/** The blocks of a message or view. What one can act on is ours, so that it acts; everything else is the library's. */
export function Blocks({ blocks }: { blocks: readonly Block[] }) {
  return (
    <div className="blocks">
      {blocks.map((block) => (
        <OneBlock key={block.block_id} block={block} />
      ))}
    </div>
  );
}

function OneBlock({ block }: { block: Block }) {
  switch (block.type) {
    case 'divider':
      return <hr />;
    case 'actions':
      return (
        <div className="actions">
          {objectsOf(block.elements).map((element) => (
            <Element key={String(element.action_id)} element={element} blockId={block.block_id} />
          ))}
        </div>
      );
    case 'input':
      return <InputBlock block={block} />;
    case 'section':
      return <Section block={block} />;
    default:
      return <Rendered block={block} />;
  }
}

function Section({ block }: { block: Block }) {
  const { accessory, ...rest } = block;
  if (!isObject(accessory) || accessory.type === 'image') return <Rendered block={block} />;
  return (
    <div className="section-with-accessory">
      <div>
        <Rendered block={rest as JsonObject} />
      </div>
      <Element element={accessory} blockId={block.block_id} />
    </div>
  );
}
