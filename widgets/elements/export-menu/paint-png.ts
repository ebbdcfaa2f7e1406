import type { DrawnPicture, DrawnShape } from '../../../backend/contracts/exports.ts';

/** Device pixels for each of the picture's. */
const SCALE = 2;

function paint(context: CanvasRenderingContext2D, shape: DrawnShape, family: string): void {
  if (shape.kind === 'text') {
    context.font = `${shape.isBold ? '600 ' : ''}${shape.size}px ${family}`;
    context.textAlign = shape.anchor === 'middle' ? 'center' : shape.anchor;
    context.fillStyle = shape.fill;
    context.fillText(shape.text, shape.x, shape.y);
    return;
  }
  const path = new Path2D(shape.d);
  if (shape.fill) {
    context.fillStyle = shape.fill;
    context.fill(path);
  }
  if (!shape.stroke) return;
  context.strokeStyle = shape.stroke;
  context.lineWidth = shape.width;
  context.setLineDash(shape.dash);
  context.stroke(path);
}

/** The picture as a PNG of twice its size. */
export function paintPng({ width, height, shapes }: DrawnPicture, family: string): Promise<Blob> {
  const canvas = document.createElement('canvas');
  canvas.width = width * SCALE;
  canvas.height = height * SCALE;
  const context = canvas.getContext('2d');
  if (!context) return Promise.reject(new Error('This browser paints no pictures.'));
  context.scale(SCALE, SCALE);
  for (const shape of shapes) paint(context, shape, family);
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('The picture is empty.'))), 'image/png');
  });
}
