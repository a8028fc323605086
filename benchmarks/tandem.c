/* The tandem line of benchmarks/textbook.py as somebody would write it by hand for this line alone: how fast can it be?
 *
 * Leads pass three stages in a row, each with a few people and one queue, first come, first served; a lead that has
 * waited for as long as its patience goes away. Nobody looks at a lead that goes away before it is its turn. Everything
 * random is given. benchmarks/tandem.py compiles it, feeds it, and holds its answers against the textbook's.
 */

#include <stdlib.h>

enum { STAGES = 3, MOST = 64 };

typedef struct { double at; int lead; int stage; } Event; /* stage -1: the lead arrives; else its work is done there */
typedef struct { int *lead; double *came; long head, tail; int idle; } Stage;

static Event heap[MOST];
static int count;

static void push(double at, int lead, int stage)
{
    int k = count++;
    while (k > 0 && heap[(k - 1) / 2].at > at) {
        heap[k] = heap[(k - 1) / 2];
        k = (k - 1) / 2;
    }
    heap[k] = (Event){at, lead, stage};
}

static Event pop(void)
{
    Event first = heap[0], last = heap[--count];
    int k = 0;
    for (;;) {
        int child = 2 * k + 1;
        if (child >= count)
            break;
        if (child + 1 < count && heap[child + 1].at < heap[child].at)
            child++;
        if (heap[child].at >= last.at)
            break;
        heap[k] = heap[child];
        k = child;
    }
    heap[k] = last;
    return first;
}

/* work and patience: STAGES rows of n; done, lost and waited: STAGES each. Returns 0, or 1 where memory is out. */
int tandem(int n, const double *arrivals, const double *work, const double *patience, const int *servers,
           long *done, long *lost, double *waited)
{
    Stage stages[STAGES];
    double now;
    int k, failed = 0;
    for (k = 0; k < STAGES; k++) {
        stages[k] = (Stage){malloc(n * sizeof(int)), malloc(n * sizeof(double)), 0, 0, servers[k]};
        failed |= !stages[k].lead || !stages[k].came;
        done[k] = lost[k] = 0;
        waited[k] = 0.0;
    }
    count = 0;
    if (n > 0 && !failed)
        push(arrivals[0], 0, -1);
    while (count > 0) {
        Event event = pop();
        int lead = event.lead, to = event.stage + 1;
        now = event.at;
        if (event.stage < 0) {
            if (lead + 1 < n)
                push(arrivals[lead + 1], lead + 1, -1);
        } else {
            Stage *left = stages + event.stage;
            done[event.stage]++;
            left->idle++;
            while (left->head < left->tail) { /* the next in the queue who is still there */
                int next = left->lead[left->head];
                double came = left->came[left->head++], limit = patience[event.stage * (long)n + next];
                if (came + limit < now) {
                    lost[event.stage]++;
                    waited[event.stage] += limit;
                    continue;
                }
                waited[event.stage] += now - came;
                left->idle--;
                push(now + work[event.stage * (long)n + next], next, event.stage);
                break;
            }
        }
        if (to < STAGES) {
            Stage *there = stages + to;
            if (there->idle > 0) {
                there->idle--;
                push(now + work[to * (long)n + lead], lead, to);
            } else {
                there->lead[there->tail] = lead;
                there->came[there->tail++] = now;
            }
        }
    }
    for (k = 0; k < STAGES; k++) {
        free(stages[k].lead);
        free(stages[k].came);
    }
    return failed;
}
