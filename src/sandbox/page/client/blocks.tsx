import { useMemo } from 'react';
import { isObject, type JsonObject, objectsOf } from '../../slack/json.ts';
import type { Block } from '../../slack/messages.ts';
import { Element } from './elements.tsx';
import { InputBlock } from './input-block.tsx';
import { Rendered } from './rendered.tsx';
import { richTextOf, richTextOfPlain } from './rich-text.ts';

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
            <Element key={String(element.action_id)} element={element} seen={block} />
          ))}
        </div>
      );
    case 'input':
      return <InputBlock block={block} />;
    case 'section':
      return <Section block={block} />;
    case 'context':
      return <Context block={block} />;
    default:
      return <Rendered block={block} />;
  }
}

function Section({ block }: { block: Block }) {
  const { accessory, text, fields, block_id } = block;
  return (
    <div className="section">
      <div>
        {isObject(text) && <Text text={text} id={block_id} />}
        {Array.isArray(fields) && (
          <div className="fields">
            {objectsOf(fields).map((field, place) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: fields have nothing else to be known by.
              <Text key={place} text={field} id={`${block_id}-${place}`} />
            ))}
          </div>
        )}
      </div>
      {isObject(accessory) &&
        (accessory.type === 'image' ? (
          <Picture image={accessory} />
        ) : (
          <Element element={accessory} seen={block} />
        ))}
    </div>
  );
}

function Context({ block }: { block: Block }) {
  return (
    <div className="context">
      {objectsOf(block.elements).map((element, place) =>
        element.type === 'image' ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: the elements have nothing else to be known by.
          <Picture key={place} image={element} />
        ) : (
          // biome-ignore lint/suspicious/noArrayIndexKey: as above.
          <Text key={place} text={element} id={`${block.block_id}-${place}`} />
        ),
      )}
    </div>
  );
}

/** A text object, through the library's rich text. */
function Text({ text, id }: { text: JsonObject; id: string }) {
  const said = String(text.text ?? '');
  const elements = useMemo(
    () => (text.type === 'mrkdwn' ? richTextOf(said) : richTextOfPlain(said)),
    [text.type, said],
  );
  return <Rendered block={{ type: 'rich_text', block_id: id, elements }} />;
}

const Picture = ({ image }: { image: JsonObject }) => (
  <img className="picture" src={String(image.image_url)} alt={String(image.alt_text)} />
);
